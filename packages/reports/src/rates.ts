/**
 * Every rate, once: its numerator, its denominator, and the catalogue key of its name and explanation.
 * A rate over nobody is null and shown as "–", never as 0 %.
 */
import { settledOf, type Totals } from './totals.ts';

/** The value of a rate, 0…1, or null when its denominator is 0. */
export function rate(id: RateId, totals: Totals): number | null {
  const { of, over } = RATES[id];
  const denominator = over(totals);
  return denominator === 0 ? null : of(totals) / denominator;
}

/** All rates of a campaign by id. */
export function ratesOf(totals: Totals): Record<RateId, number | null> {
  const out = {} as Record<RateId, number | null>;
  for (const id of RATE_IDS) out[id] = rate(id, totals);
  return out;
}

/** The ids of all rates, in the order in which reports show them. */
export const RATE_IDS = ['progress', 'accepted', 'bounced', 'expired', 'unknown'] as const;

/**
 * `progress`: settled of total. `accepted`: by the receiving server, of what was attempted to an end; cancelled
 * recipients were never attempted and count in neither. `bounced`, `expired`, `unknown` share that denominator, so that
 * the four add up to 1.
 */
export const RATES: Record<RateId, RateDefinition> = {
  progress: { key: 'rate.progress', of: settledOf, over: (totals) => totals.total },
  accepted: { key: 'rate.accepted', of: (totals) => totals.accepted, over: attemptedToEnd },
  bounced: { key: 'rate.bounced', of: (totals) => totals.bounced, over: attemptedToEnd },
  expired: { key: 'rate.expired', of: (totals) => totals.expired, over: attemptedToEnd },
  unknown: { key: 'rate.unknown', of: (totals) => totals.unknown, over: attemptedToEnd },
};

function attemptedToEnd(totals: Totals): number {
  return totals.accepted + totals.bounced + totals.expired + totals.unknown;
}

export type RateId = (typeof RATE_IDS)[number];
export type RateDefinition = {
  key: string;
  of: (totals: Totals) => number;
  over: (totals: Totals) => number;
};
