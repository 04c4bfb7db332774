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

/**
 * Everything that a speed has to say with it. The clock runs from `startMs` to the end of the last bucket with an attempt; the
 * time in `closed` (no window open, paused) is taken out of `perOpenHour` and said beside it.
 */
export function campaignSpeed(input: SpeedInput): CampaignSpeed {
  const { buckets, startMs, closed, total } = input;
  const sum = (of: (bucket: SpeedBucket) => number) => buckets.reduce((n, one) => n + of(one), 0);
  const accepted = sum((bucket) => bucket.accepted);
  const endMs = Math.max(startMs, ...buckets.map(({ fromMs, lengthMs }) => fromMs + lengthMs));
  const open = subtract([startMs, endMs], closed);
  return {
    accepted,
    firstAttempts: sum((bucket) => bucket.firstAttempts),
    retries: sum((bucket) => bucket.retries),
    meanBytes: accepted === 0 ? null : sum((bucket) => bucket.acceptedBytes) / accepted,
    tookMs: endMs - startMs,
    waitedMs: endMs - startMs - lengthOf(open),
    perHour: accepted === 0 ? null : recipientsPerHour(accepted, [[startMs, endMs]]),
    perOpenHour: accepted === 0 ? null : recipientsPerHour(accepted, open),
    shares: timeToShares(buckets, startMs, total),
  };
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
/** A bucket with its attempts: the first of each recipient, and all others. `acceptedBytes` once a recipient. */
export type SpeedBucket = Bucket & {
  firstAttempts: number;
  retries: number;
  acceptedBytes: number;
};
export type SpeedInput = {
  buckets: readonly SpeedBucket[];
  /** Of the launch. */
  startMs: number;
  closed: readonly Interval[];
  total: number;
};
export type CampaignSpeed = {
  accepted: number;
  firstAttempts: number;
  retries: number;
  meanBytes: number | null;
  tookMs: number;
  /** Of it: no window was open. */
  waitedMs: number;
  perHour: number | null;
  perOpenHour: number | null;
  shares: TimeToShares;
};
export type TimeToShares = { p50Ms: number | null; p90Ms: number | null; p99Ms: number | null };
