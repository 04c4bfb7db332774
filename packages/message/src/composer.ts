/**
 * Composes the personal messages of one campaign: a recipient costs the encoding of what is personal. What every
 * message is made of stands in message-writer.ts.
 */
import type { CampaignMessage } from './campaign-message.ts';
import { ComposeError, checkFields, checkMailbox, checkSize } from './compose-checks.ts';
import { type Fields, scopeOf } from './fields.ts';
import { mailboxField } from './header.ts';
import { type ComposedMessage, createMessageWriter } from './message-writer.ts';

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

export interface Composer {
  /**
   * @throws ComposeError `bad-recipient`, `bad-token`, `bad-delivery-id`, `fields-too-large`, `message-too-large`: this recipient only
   * @throws TemplateRenderError when the template meets a limit with this person's fields
   */
  compose(input: ComposeInput): ComposedMessage;
}

// RFC 8058: this exact value, and both fields under the DKIM signature.
const ONE_CLICK = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n';

/** @throws ComposeError `bad-from`, `bad-reply-to`, `bad-domain`, `bad-seed`, `bad-base-url`, `bad-feedback-id` */
export function createComposer(campaign: CampaignMessage): Composer {
  const writer = createMessageWriter(campaign);
  return {
    compose({ email, fields, deliveryId, unsubscribeToken, atMs }) {
      const id = String(deliveryId);
      checkMailbox(email, 'bad-recipient');
      if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new ComposeError('bad-delivery-id', id);
      const unsubscribeUrl = writer.unsubscribeUrl(unsubscribeToken);
      const scope = scopeOf(writer.fieldNames, fields, { email, unsubscribe_url: unsubscribeUrl });
      checkFields(scope);
      const message = writer.write({
        toField: mailboxField('To', '', email),
        id,
        unsubscribeUrl,
        moreFields: `X-Hikyaku-Delivery: ${id}\r\n${ONE_CLICK}`,
        scope,
        atMs,
      });
      checkSize(message.sizeBytes);
      return message;
    },
  };
}
