/**
 * How fast a campaign was, said honestly (promise P11): only recipients that a receiver accepted and the log holds
 * count, and the time is given both with and without the hours in which no window was open.
 */

/**
 * Recipients per hour. `acceptedTotal` over the union of `intervals` (overlapping ones count once). Null without time.
 */
export function recipientsPerHour(
  acceptedTotal: number,
  intervals: readonly Interval[],
): number | null {
  const lengthMs = lengthOf(intervals);
  return lengthMs === 0 ? null : (acceptedTotal * HOUR_MS) / lengthMs;
}

/** The length of the union of intervals, in ms. */
export function lengthOf(intervals: readonly Interval[]): number {
  let lengthMs = 0;
  let reachedMs = Number.NEGATIVE_INFINITY;
  for (const [fromMs, toMs] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const startMs = Math.max(fromMs, reachedMs);
    if (toMs > startMs) lengthMs += toMs - startMs;
    reachedMs = Math.max(reachedMs, toMs);
  }
  return lengthMs;
}

/** A stretch of time, less the stretches in it that are taken out (paused, window closed). */
export function subtract(interval: Interval, out: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let fromMs = interval[0];
  for (const [outFromMs, outToMs] of [...out].sort((a, b) => a[0] - b[0])) {
    if (outFromMs > fromMs) left.push([fromMs, Math.min(outFromMs, interval[1])]);
    fromMs = Math.max(fromMs, outToMs);
    if (fromMs >= interval[1]) break;
  }
  if (fromMs < interval[1]) left.push([fromMs, interval[1]]);
  return left.filter(([from, to]) => to > from);
}

/**
 * Time from the start until 50, 90 and 99 % of `total` were accepted, in ms, from buckets of accepted counts.
 *
 * Within a bucket the count is taken to grow evenly, so the error is at most one bucket. Null where that share was not
 * reached (the rest bounced, expired or still waits): a share of all recipients, not of the lucky ones.
 */
export function timeToShares(
  buckets: readonly Bucket[],
  startMs: number,
  total: number,
): TimeToShares {
  const sorted = [...buckets].sort((a, b) => a.fromMs - b.fromMs);
  return {
    p50Ms: timeToShare(sorted, startMs, total * 0.5),
    p90Ms: timeToShare(sorted, startMs, total * 0.9),
    p99Ms: timeToShare(sorted, startMs, total * 0.99),
  };
}

function timeToShare(sorted: readonly Bucket[], startMs: number, wanted: number): number | null {
  if (wanted === 0) return null;
  let reached = 0;
  for (const { fromMs, lengthMs, accepted } of sorted) {
    if (accepted > 0 && reached + accepted >= wanted)
      return Math.max(0, fromMs + (lengthMs * (wanted - reached)) / accepted - startMs);
    reached += accepted;
  }
  return null;
}

const HOUR_MS = 3_600_000;

/** [from, to) in epoch ms. */
export type Interval = readonly [fromMs: number, toMs: number];
export type Bucket = { fromMs: number; lengthMs: number; accepted: number };
export type TimeToShares = { p50Ms: number | null; p90Ms: number | null; p99Ms: number | null };
