/**
 * Writes the messages of one campaign, personal or shared: the order of the header fields, the parts and their
 * boundaries. What is the same for everybody is encoded once, here. The result is what DATA carries, without dot
 * stuffing: CRLF line ends, 7-bit, lines of at most 76 characters in bodies and 998 anywhere.
 */
import { ByteWriter, utf8Bytes } from './byte-writer.ts';
import type { CampaignMessage } from './campaign-message.ts';
import { ComposeError, checkCampaign } from './compose-checks.ts';
import type { Scope } from './fields.ts';
import { withFooters } from './footer.ts';
import { headerDate, mailboxField, unstructuredField } from './header.ts';
import { createBodyEncoder } from './part-encoder.ts';

export interface ComposedMessage {
  readonly content: Uint8Array;
  readonly sizeBytes: number;
}

/** What one message has of its own. Whole fields end in CRLF and have been checked by the caller. */
export interface MessageParts {
  readonly toField: string;
  /** Left side of Message-ID, before the campaign's seed. */
  readonly id: string;
  readonly unsubscribeUrl: string;
  /** Fields that stand behind List-Unsubscribe. */
  readonly moreFields: string;
  /** Values of `fieldNames`. */
  readonly scope: Scope;
  /** Epoch milliseconds, for Date. */
  readonly atMs: number;
}

export interface MessageWriter {
  /** Every field that the template names, and those that a composer provides. */
  readonly fieldNames: readonly string[];
  /** @throws ComposeError `bad-token` */
  unsubscribeUrl(token: string): string;
  /** @throws TemplateRenderError when the template meets a limit with these values */
  write(parts: MessageParts): ComposedMessage;
}

/** @throws ComposeError `bad-from`, `bad-reply-to`, `bad-domain`, `bad-seed`, `bad-base-url`, `bad-feedback-id` */
export function createMessageWriter(campaign: CampaignMessage): MessageWriter {
  checkCampaign(campaign);
  const { seed, messageIdDomain } = campaign;
  const template = withFooters(campaign.template, campaign.unsubscribeLabel);
  const { subject } = template;
  const out = new ByteWriter();
  const boundary = `=_hikyaku_${seed}`;
  const textEncoder = createBodyEncoder('text/plain', template.text, out);
  const htmlEncoder = template.html && createBodyEncoder('text/html', template.html, out);
  const constants = constantHeaders(campaign, htmlEncoder ? boundary : null);
  // RFC 2046 §5.1.1: the CRLF before a delimiter belongs to the delimiter.
  const opening = htmlEncoder ? `--${boundary}\r\n` : '';
  const between = utf8Bytes(`\r\n--${boundary}\r\n`);
  const closing = utf8Bytes(htmlEncoder ? `\r\n--${boundary}--` : '');
  const constantSubject = subject.fields.length === 0 ? subjectField(subject.render({})) : null;
  const baseUrl = campaign.unsubscribeBaseUrl.replace(/\/+$/, '');

  return {
    fieldNames: [...new Set([...template.fields, 'email', 'unsubscribe_url'])],
    unsubscribeUrl(token) {
      if (!/^[A-Za-z0-9_-]{1,200}$/.test(token)) {
        throw new ComposeError('bad-token', 'the unsubscribe token is not base64url');
      }
      return `${baseUrl}/u/${token}`;
    },
    write({ toField, id, unsubscribeUrl, moreFields, scope, atMs }) {
      out.begin();
      out.ascii(
        `${constants.from}${toField}${constantSubject ?? subjectField(subject.render(scope))}` +
          `Date: ${headerDate(atMs)}\r\n` +
          `Message-ID: <${id}.${seed}@${messageIdDomain}>\r\n` +
          `List-Unsubscribe:\r\n <${unsubscribeUrl}>\r\n` +
          `${moreFields}${constants.rest}${opening}`,
      );
      textEncoder.write(scope);
      if (htmlEncoder) {
        out.put(between);
        htmlEncoder.write(scope);
      }
      out.put(closing);
      out.endLine();
      const content = out.take();
      return { content, sizeBytes: content.length };
    },
  };
}

function subjectField(subject: string): string {
  return unstructuredField('Subject', subject);
}

function constantHeaders(
  { from, replyTo, feedbackId }: CampaignMessage,
  boundary: string | null,
): { from: string; rest: string } {
  const rest = [
    // Old auto-responders look at nothing else; List-Unsubscribe silences those that know RFC 5230.
    'Precedence: bulk\r\n',
    feedbackId ? `Feedback-ID: ${feedbackId}\r\n` : '',
    replyTo ? mailboxField('Reply-To', replyTo.name, replyTo.address) : '',
    'MIME-Version: 1.0\r\n',
    boundary ? `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n` : '',
  ];
  return { from: mailboxField('From', from.name, from.address), rest: rest.join('') };
}
