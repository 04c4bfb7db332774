/** What must hold before anything of a campaign or a recipient is put into a header. */
import type { CampaignMessage } from './campaign-message.ts';

export type ComposeErrorCode =
  | 'bad-from'
  | 'bad-reply-to'
  | 'bad-recipient'
  | 'bad-domain'
  | 'bad-seed'
  | 'bad-base-url'
  | 'bad-feedback-id'
  | 'bad-delivery-id'
  | 'bad-token'
  | 'fields-too-large'
  | 'message-too-large'
  | 'bulk-fields';

export class ComposeError extends Error {
  readonly code: ComposeErrorCode;
  constructor(code: ComposeErrorCode, what: string) {
    super(`the message cannot be composed (${code}): ${what}`);
    this.name = 'ComposeError';
    this.code = code;
  }
}

// Dots may stand anywhere: carriers gave out `a..b@` and `a.@`. A quoted local part holds nothing
// that a sloppy reader could take for the end of the address.
const MAILBOX =
  /^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}|"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,62}")@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;
const DOMAIN = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*$/;

/** What one message may cost: rendering and encoding hold up everybody whose mail this process sends. */
const MESSAGE_LIMITS = {
  /** Characters of a person's fields that the template names. A list that is uploaded comes nowhere near (FIELD_MAX). */
  fieldsMax: 1_000_000,
  /** Octets; many servers take no more than ten million. */
  sizeMaxBytes: 10_000_000,
} as const;

/** Looked at before anything is rendered. @throws ComposeError `fields-too-large` */
export function checkFields(scope: Readonly<Record<string, string>>): void {
  let size = 0;
  for (const name in scope) size += scope[name]?.length ?? 0;
  if (size > MESSAGE_LIMITS.fieldsMax)
    throw new ComposeError('fields-too-large', `${size} characters`);
}

/** @throws ComposeError `message-too-large` */
export function checkSize(sizeBytes: number): void {
  if (sizeBytes > MESSAGE_LIMITS.sizeMaxBytes)
    throw new ComposeError('message-too-large', `${sizeBytes} octets`);
}

/** Whether an address can be written into a header field and an SMTP command without doubt. */
export function isMailbox(address: string): boolean {
  return address.length <= 254 && MAILBOX.test(address);
}

/** @throws ComposeError with `code` */
export function checkMailbox(address: string, code: ComposeErrorCode): void {
  if (!isMailbox(address)) throw new ComposeError(code, JSON.stringify(address));
}

/** @throws ComposeError */
export function checkCampaign(campaign: CampaignMessage): void {
  const { from, replyTo, messageIdDomain, seed, unsubscribeBaseUrl, feedbackId } = campaign;
  checkMailbox(from.address, 'bad-from');
  if (replyTo) checkMailbox(replyTo.address, 'bad-reply-to');
  if (messageIdDomain.length > 253 || !DOMAIN.test(messageIdDomain)) {
    throw new ComposeError('bad-domain', JSON.stringify(messageIdDomain));
  }
  // RFC 2046 allows 70 characters for a boundary.
  if (!/^[A-Za-z0-9-]{1,50}$/.test(seed)) throw new ComposeError('bad-seed', JSON.stringify(seed));
  if (!/^https?:\/\/[!-;=?-~]{1,300}$/.test(unsubscribeBaseUrl)) {
    throw new ComposeError('bad-base-url', JSON.stringify(unsubscribeBaseUrl));
  }
  if (feedbackId !== undefined && !/^[A-Za-z0-9:._-]{1,200}$/.test(feedbackId)) {
    throw new ComposeError('bad-feedback-id', JSON.stringify(feedbackId));
  }
}
