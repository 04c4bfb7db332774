/** The two ways to deliver a campaign, and for whom bulk does not suit. */

/** `one_to_one`: a message for each recipient. `bulk`: one message, and many recipients in a transaction. */
export const DELIVERY_MODES = ['one_to_one', 'bulk'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/**
 * Whether a domain is one where Gmail, Yahoo or Microsoft ask bulk senders of marketing mail for one-click unsubscribing
 * (RFC 8058), which a message for many cannot offer. Their customers' own domains cannot be told by name.
 */
export function asksForOneClick(domain: string): boolean {
  return ONE_CLICK_DOMAINS.has(domain.toLowerCase());
}

const ONE_CLICK_DOMAINS = new Set([
  ...['gmail.com', 'googlemail.com'],
  ...['yahoo.com', 'ymail.com', 'rocketmail.com', 'aol.com'],
  ...[
    'outlook.com',
    'outlook.jp',
    'hotmail.com',
    'hotmail.co.jp',
    'live.com',
    'live.jp',
    'msn.com',
  ],
]);
