/**
 * Composes the one message that all recipients of a bulk campaign share. Invariant: it says nothing of any of them, and
 * is the same bytes for the same token and time, whichever worker composes it (but for a template that writes the date).
 */
import type { CampaignMessage } from './campaign-message.ts';
import { ComposeError } from './compose-checks.ts';
import { scopeOf } from './fields.ts';
import { type ComposedMessage, createMessageWriter } from './message-writer.ts';
import { recipientFields } from './template.ts';

export interface BulkComposeInput {
  /** From `createTokens(…).signBulkUnsubscribe`: it leads to a page that asks for the address. */
  readonly unsubscribeToken: string;
  /** Epoch milliseconds, for Date: the campaign's launch, so that every attempt sends the same message. */
  readonly atMs: number;
}

export interface BulkComposer {
  /**
   * @throws ComposeError `bad-token`
   * @throws TemplateRenderError when the template meets a limit
   */
  compose(input: BulkComposeInput): ComposedMessage;
}

/**
 * What stands in To. RFC 5322 §3.6.3 would allow none at all, but filters count a message without it against its sender;
 * the empty group of §3.4 names nobody. A list's name is no choice: tenants write it for themselves.
 */
export const BULK_TO = 'undisclosed-recipients:;';

/** Left side of the Message-ID of a bulk message, before the campaign's seed. */
export const BULK_MESSAGE_ID = 'bulk';

/**
 * No List-Unsubscribe-Post: one click has to name who clicked (RFC 8058 §3.1), and a shared link names nobody. No
 * X-Hikyaku-Delivery for the same reason.
 *
 * @throws ComposeError as `createComposer`, and `bulk-fields` when the template uses a recipient field
 */
export function createBulkComposer(campaign: CampaignMessage): BulkComposer {
  const used = recipientFields(campaign.template);
  if (used.length > 0) throw new ComposeError('bulk-fields', used.join(', '));
  const writer = createMessageWriter(campaign);
  return {
    compose({ unsubscribeToken, atMs }) {
      const unsubscribeUrl = writer.unsubscribeUrl(unsubscribeToken);
      return writer.write({
        toField: `To: ${BULK_TO}\r\n`,
        id: BULK_MESSAGE_ID,
        unsubscribeUrl,
        moreFields: '',
        scope: scopeOf(writer.fieldNames, {}, { unsubscribe_url: unsubscribeUrl }),
        atMs,
      });
    },
  };
}
