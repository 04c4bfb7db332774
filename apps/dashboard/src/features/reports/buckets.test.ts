import { expect, test } from 'vitest';
import { bucketWidth, fillGaps } from './buckets.ts';

test('a span is cut into at most 90 bars, as fine as possible', () => {
  expect(bucketWidth(0)).toBe(1_000);
  expect(bucketWidth(90_000)).toBe(1_000);
  expect(bucketWidth(90_001)).toBe(5_000);
  expect(bucketWidth(12 * 3_600_000)).toBe(900_000);
  expect(bucketWidth(400 * 86_400_000)).toBe(86_400_000);
});

test('a gap is filled with zeros', () => {
  const filled = fillGaps(
    [
      { at: 0, n: 1 },
      { at: 30, n: 2 },
    ],
    10,
    (at) => ({ at, n: 0 }),
  );
  expect(filled).toEqual([
    { at: 0, n: 1 },
    { at: 10, n: 0 },
    { at: 20, n: 0 },
    { at: 30, n: 2 },
  ]);
});
