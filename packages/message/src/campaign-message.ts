/** The part of a message that all recipients of a campaign share, as its caller states it. */
import type { Template } from './template.ts';

export interface Mailbox {
  /** May be empty. */
  readonly name: string;
  readonly address: string;
}

/** What is the same for every recipient of a campaign. */
export interface CampaignMessage {
  readonly template: Template;
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  /** Right side of Message-ID; a domain of the sender. */
  readonly messageIdDomain: string;
  /**
   * Makes Message-ID and MIME boundary differ between campaigns and installations: letters, digits,
   * hyphens, such as the campaign's uuid. A delivery keeps its Message-ID over all its attempts,
   * so that a receiver can recognise a repetition.
   */
  readonly seed: string;
  /** `https://…`: links are `<base>/u/<token>`. */
  readonly unsubscribeBaseUrl: string;
  /** Words before the link of the footer, which a part without `{{ unsubscribe_url }}` gets. */
  readonly unsubscribeLabel?: string;
  /** `campaign:tenant:kind:sender`, for Gmail's feedback loop. */
  readonly feedbackId?: string;
}
