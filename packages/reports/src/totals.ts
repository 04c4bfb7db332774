/**
 * The totals of a campaign, and the sum that must hold at any time:
 * accepted + bounced + expired + cancelled + unknown + waiting + sending = total, where the audience cut fixes total.
 */

/** Builds totals from `GROUP BY state` rows; absent states count 0, and `total` is the one the audience cut fixed. */
export function totalsFrom(total: number, counts: Iterable<readonly [string, number]>): Totals {
  const totals: Totals = { total, ...NONE };
  for (const [state, count] of counts) {
    if (!isDeliveryState(state)) throw new Error(`unknown delivery state: ${state}`);
    totals[state] += count;
  }
  return totals;
}

/** True when every recipient is in exactly one state. */
export function reconciles(totals: Totals): boolean {
  return difference(totals) === 0;
}

/** Total less the sum of states: recipients lost (> 0) or counted twice (< 0). */
export function difference(totals: Totals): number {
  return totals.total - DELIVERY_STATES.reduce((sum, state) => sum + totals[state], 0);
}

/** Adds totals up, as for destinations into a campaign. */
export function sumTotals(parts: Iterable<Totals>): Totals {
  const sum: Totals = { total: 0, ...NONE };
  for (const part of parts) {
    sum.total += part.total;
    for (const state of DELIVERY_STATES) sum[state] += part[state];
  }
  return sum;
}

/** Recipients whose outcome is known or will not be known any more. */
export function settledOf(totals: Totals): number {
  return totals.total - totals.waiting - totals.sending;
}

/** True when nothing waits and nothing is on the wire. */
export function isComplete(totals: Totals): boolean {
  return totals.waiting === 0 && totals.sending === 0;
}

function isDeliveryState(state: string): state is DeliveryState {
  return (DELIVERY_STATES as readonly string[]).includes(state);
}

/** In the order in which reports show them. Catalogue keys: `deliveryState.<state>`. */
export const DELIVERY_STATES = [
  'accepted',
  'bounced',
  'expired',
  'cancelled',
  'unknown',
  'waiting',
  'sending',
] as const;

const NONE: Record<DeliveryState, number> = {
  accepted: 0,
  bounced: 0,
  expired: 0,
  cancelled: 0,
  unknown: 0,
  waiting: 0,
  sending: 0,
};

export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type Totals = { total: number } & Record<DeliveryState, number>;
