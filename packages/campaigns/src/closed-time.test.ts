import { describe, expect, it } from 'vitest';
import { closedBetween } from './closed-time.ts';
import { createWindowClock } from './window-clock.ts';

const HOUR_MS = 3_600_000;
/** 00:00 in Tokyo. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 15);
const clock = (start: string, end: string) =>
  createWindowClock([{ days: [1, 2, 3, 4, 5, 6, 7], start, end, zone: 'Asia/Tokyo' }]);
const hours = (stretches: readonly (readonly [number, number])[]) =>
  stretches.map(([from, to]) => [(from - MIDNIGHT_MS) / HOUR_MS, (to - MIDNIGHT_MS) / HOUR_MS]);

describe('when nothing may be sent', () => {
  it('is outside of the window, cut at both ends', () => {
    const found = closedBetween([clock('09:00', '21:00')], MIDNIGHT_MS, MIDNIGHT_MS + 30 * HOUR_MS);
    expect(hours(found)).toEqual([
      [0, 9],
      [21, 30],
    ]);
  });

  it('is only where every group is shut', () => {
    const both = [clock('09:00', '12:00'), clock('11:00', '15:00')];
    const found = closedBetween(both, MIDNIGHT_MS, MIDNIGHT_MS + 24 * HOUR_MS);
    expect(hours(found)).toEqual([
      [0, 9],
      [15, 24],
    ]);
  });

  it('is never, without windows or where one group has none', () => {
    expect(closedBetween([], 0, HOUR_MS)).toEqual([]);
    const one = [createWindowClock([]), clock('09:00', '10:00')];
    expect(closedBetween(one, MIDNIGHT_MS, MIDNIGHT_MS + HOUR_MS)).toEqual([]);
  });
});
