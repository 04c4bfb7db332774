/** The width of a bar in a chart over time: as fine as the span allows without more bars than one can see. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WIDTHS = [
  SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  6 * HOUR,
  24 * HOUR,
] as const;
const BARS_MAX = 90;

/** The narrowest width, in ms, with which `spanMs` needs at most 90 bars; a day at most. */
export function bucketWidth(spanMs: number): number {
  return WIDTHS.find((width) => spanMs / width <= BARS_MAX) ?? 24 * HOUR;
}

/** Puts a bucket of zeros wherever none is, so that a pause looks like one. At most 2,000 buckets. */
export function fillGaps<B extends { at: number }>(
  buckets: readonly B[],
  widthMs: number,
  empty: (at: number) => B,
): B[] {
  const filled: B[] = [];
  for (const bucket of buckets) {
    let next = (filled.at(-1)?.at ?? bucket.at - widthMs) + widthMs;
    for (; next < bucket.at && filled.length < 2_000; next += widthMs) filled.push(empty(next));
    filled.push(bucket);
  }
  return filled;
}
