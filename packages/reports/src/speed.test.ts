import { describe, expect, it } from 'vitest';
import { campaignSpeed, lengthOf, recipientsPerHour, subtract, timeToShares } from './speed.ts';

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

  it('of a campaign says what it counts: first attempts, retries, size, and time that windows took', () => {
    const bucket = { lengthMs: 1_000, firstAttempts: 0, retries: 0, acceptedBytes: 0, accepted: 0 };
    const speed = campaignSpeed({
      buckets: [
        { ...bucket, fromMs: 0, accepted: 60, firstAttempts: 100, acceptedBytes: 60 * 4_000 },
        { ...bucket, fromMs: 9_000, accepted: 40, retries: 40, acceptedBytes: 40 * 4_000 },
      ],
      startMs: 0,
      closed: [[1_000, 9_000]],
      total: 100,
    });
    expect(speed).toMatchObject({
      ...{ accepted: 100, firstAttempts: 100, retries: 40, meanBytes: 4_000 },
      ...{ tookMs: 10_000, waitedMs: 8_000 },
    });
    expect(speed.perOpenHour).toBe(100 * 1_800);
    expect(speed.perHour).toBe(100 * 360);
    expect(speed.shares.p90Ms).toBe(9_750);
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
