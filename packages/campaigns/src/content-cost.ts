/**
 * What a content costs for a list in each mode: bytes, transactions, round trips, least time on the wire.
 * Promise P1: a 100 KB mail to 10,000 addresses moves 1 GB one by one, and 10 MB in transactions of a hundred.
 * Formulas count SMTP payload, not TCP and TLS framing; both modes are counted alike, so that they compare.
 */

/**
 * Cost of one-to-one mode: one transaction per recipient on kept sessions.
 * bytes = n·(content + envelope); transactions = n; round trips = n with pipelining (delivery-engine.md §1), else 4n.
 */
export function costOneToOne(input: ContentCostInput): ContentCost {
  const recipients = totalOf(input.destinations);
  const transactions = recipients;
  const envelopeBytes = MAIL_BYTES + DATA_BYTES + rcptBytes(input);
  const bytes = recipients * (input.contentBytes + envelopeBytes);
  return cost(input, transactions, bytes, 4 * transactions);
}

/**
 * Cost of bulk mode: up to `cap` recipients share a transaction, per destination (default 100, RFC 5321 §4.5.3.1.8).
 * transactions = Σ ⌈n_d ÷ cap_d⌉; bytes = transactions·(content + MAIL + DATA) + n·RCPT. One round trip each with pipelining:
 * all RCPTs travel in one flight with the end of the message before.
 */
export function costBulk(input: ContentCostInput): ContentCost {
  let transactions = 0;
  for (const { recipients, recipientsMax } of input.destinations)
    transactions += Math.ceil(recipients / Math.max(1, recipientsMax ?? RECIPIENTS_MAX));
  const bytes =
    transactions * (input.contentBytes + MAIL_BYTES + DATA_BYTES) +
    totalOf(input.destinations) * rcptBytes(input);
  return cost(input, transactions, bytes, 3 * transactions + totalOf(input.destinations));
}

function cost(
  input: ContentCostInput,
  transactions: number,
  bytes: number,
  commands: number,
): ContentCost {
  // Without pipelining MAIL, every RCPT, DATA and the dot go one at a time.
  const roundTrips = input.hasPipelining === false ? commands : transactions;
  const sessions = Math.max(1, input.sessions ?? 1);
  const waitMs = (roundTrips * (input.roundTripMs ?? 0)) / sessions;
  const wireMs = input.bytesPerSecond ? (bytes / input.bytesPerSecond) * 1000 : 0;
  return {
    recipients: totalOf(input.destinations),
    bytes,
    transactions,
    roundTrips,
    leastMs: Math.max(waitMs, wireMs),
  };
}

function totalOf(destinations: ContentCostInput['destinations']): number {
  return destinations.reduce((sum, { recipients }) => sum + recipients, 0);
}

function rcptBytes(input: ContentCostInput): number {
  return RCPT_FRAME_BYTES + (input.addressBytes ?? 24);
}

/** `MAIL FROM:<>` + CRLF with a VERP return path of about 60 octets. */
const MAIL_BYTES = 74;
/** `DATA` CRLF and the final `.` CRLF. */
const DATA_BYTES = 9;
/** `RCPT TO:<>` + CRLF without the address. */
const RCPT_FRAME_BYTES = 12;
/** Recipients in one transaction where a destination's cap is not known (RFC 5321 §4.5.3.1.8). */
export const RECIPIENTS_MAX = 100;

/** `roundTripMs`, `sessions` and `bytesPerSecond` are only needed for `leastMs`; `addressBytes` is the mean (24). */
export type ContentCostInput = {
  contentBytes: number;
  destinations: readonly { recipients: number; recipientsMax?: number }[];
  addressBytes?: number;
  hasPipelining?: boolean;
  sessions?: number;
  roundTripMs?: number;
  bytesPerSecond?: number;
};

/** `leastMs`: the greater of waiting for round trips and moving the bytes; a lower bound, never a forecast. */
export type ContentCost = {
  recipients: number;
  bytes: number;
  transactions: number;
  roundTrips: number;
  leastMs: number;
};
