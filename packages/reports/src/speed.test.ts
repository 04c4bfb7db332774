import { describe, expect, it } from 'vitest';
import { lengthOf, recipientsPerHour, subtract, timeToShares } from './speed.ts';

const HOUR_MS = 3_600_000;

describe('honest speed', () => {
  it('overlapping sessions count their time once', () => {
    expect(
      lengthOf([
        [10, 20],
        [0, 15],
        [30, 40],
      ]),
    ).toBe(30);
    expect(recipientsPerHour(1000, [[0, HOUR_MS / 2]])).toBe(2000);
  });

  it('no time is no speed', () => {
    expect(recipientsPerHour(10, [])).toBeNull();
  });

  it('closed windows and pauses are taken out', () => {
    expect(
      subtract(
        [0, 100],
        [
          [90, 200],
          [10, 20],
          [15, 30],
        ],
      ),
    ).toEqual([
      [0, 10],
      [30, 90],
    ]);
    expect(subtract([0, 10], [[-5, 50]])).toEqual([]);
  });

  it('time to 50, 90 and 99 % is read within the bucket that reaches it', () => {
    const buckets = [
      { fromMs: 2000, lengthMs: 1000, accepted: 40 },
      { fromMs: 1000, lengthMs: 1000, accepted: 50 },
      { fromMs: 9000, lengthMs: 1000, accepted: 10 },
    ];
    expect(timeToShares(buckets, 1000, 100)).toEqual({ p50Ms: 1000, p90Ms: 2000, p99Ms: 8900 });
  });

  it('a share of all recipients that was not reached has no time', () => {
    const buckets = [{ fromMs: 0, lengthMs: 1000, accepted: 60 }];
    const shares = timeToShares(buckets, 0, 100);
    expect(shares.p50Ms).toBeCloseTo(833.3, 0);
    expect(shares.p90Ms).toBeNull();
    expect(timeToShares([], 0, 0).p50Ms).toBeNull();
  });
});
