/**
 * Composes the messages of one campaign: what is the same for everybody is encoded once, and a
 * recipient costs the encoding of what is personal. The result is what DATA carries, without dot
 * stuffing: CRLF line ends, 7-bit, lines of at most 76 characters in bodies and 998 anywhere.
 */
import { ByteWriter } from './byte-writer.ts';
import type { CampaignMessage } from './campaign-message.ts';
import { ComposeError, checkCampaign, checkMailbox } from './compose-checks.ts';
import { type Fields, scopeOf } from './fields.ts';
import { withFooters } from './footer.ts';
import { headerDate, mailboxField, unstructuredField } from './header.ts';
import { createBodyEncoder } from './part-encoder.ts';

export interface ComposeInput {
  /** The recipient's address, as it is written on the wire. */
  readonly email: string;
  readonly fields: Fields;
  readonly deliveryId: string | bigint;
  /** From `createTokens(…).signUnsubscribe`. */
  readonly unsubscribeToken: string;
  /** Epoch milliseconds, for Date. */
  readonly atMs: number;
}

export interface ComposedMessage {
  readonly content: Uint8Array;
  readonly sizeBytes: number;
}

export interface Composer {
  /**
   * @throws ComposeError `bad-recipient`, `bad-token`, `bad-delivery-id`: this recipient only
   * @throws TemplateRenderError when the template meets a limit with this person's fields
   */
  compose(input: ComposeInput): ComposedMessage;
}

/** @throws ComposeError `bad-from`, `bad-reply-to`, `bad-domain`, `bad-seed`, `bad-base-url`, `bad-feedback-id` */
export function createComposer(campaign: CampaignMessage): Composer {
  checkCampaign(campaign);
  const template = withFooters(campaign.template, campaign.unsubscribeLabel);
  const { subject } = template;
  const out = new ByteWriter();
  const boundary = `=_hikyaku_${campaign.seed}`;
  const textEncoder = createBodyEncoder('text/plain', template.text, out);
  const htmlEncoder = template.html && createBodyEncoder('text/html', template.html, out);
  const fieldNames = [...new Set([...template.fields, 'email', 'unsubscribe_url'])];
  const constants = constantHeaders(campaign, htmlEncoder ? boundary : null);
  // RFC 2046 §5.1.1: the CRLF before a delimiter belongs to the delimiter.
  const opening = htmlEncoder ? `--${boundary}\r\n` : '';
  const between = `\r\n--${boundary}\r\n`;
  const closing = htmlEncoder ? `\r\n--${boundary}--` : '';
  const constantSubject = subject.fields.length === 0 ? subjectField(subject.render({})) : null;
  const baseUrl = campaign.unsubscribeBaseUrl.replace(/\/+$/, '');

  return {
    compose({ email, fields, deliveryId, unsubscribeToken, atMs }) {
      const id = String(deliveryId);
      checkMailbox(email, 'bad-recipient');
      if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new ComposeError('bad-delivery-id', id);
      if (!/^[A-Za-z0-9_-]{1,200}$/.test(unsubscribeToken)) {
        throw new ComposeError('bad-token', 'the unsubscribe token is not base64url');
      }
      const unsubscribeUrl = `${baseUrl}/u/${unsubscribeToken}`;
      const own = { email, unsubscribe_url: unsubscribeUrl };
      const scope = scopeOf(fieldNames, fields, own);
      out.begin();
      out.ascii(
        `${constants.from}${mailboxField('To', '', email)}` +
          `${constantSubject ?? subjectField(subject.render(scope))}` +
          `Date: ${headerDate(atMs)}\r\n` +
          `Message-ID: <${id}.${campaign.seed}@${campaign.messageIdDomain}>\r\n` +
          `List-Unsubscribe:\r\n <${unsubscribeUrl}>\r\n` +
          `X-Hikyaku-Delivery: ${id}\r\n${constants.rest}${opening}`,
      );
      textEncoder.write(scope);
      if (htmlEncoder) {
        out.ascii(between);
        htmlEncoder.write(scope);
      }
      out.ascii(closing);
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
    // RFC 8058: this exact value, and both fields under the DKIM signature.
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n',
    // Old auto-responders look at nothing else; List-Unsubscribe silences those that know RFC 5230.
    'Precedence: bulk\r\n',
    feedbackId ? `Feedback-ID: ${feedbackId}\r\n` : '',
    replyTo ? mailboxField('Reply-To', replyTo.name, replyTo.address) : '',
    'MIME-Version: 1.0\r\n',
    boundary ? `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n` : '',
  ];
  return { from: mailboxField('From', from.name, from.address), rest: rest.join('') };
}
