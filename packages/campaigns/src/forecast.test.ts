/** The forecast by itself. That it comes true is tested against the simulated engine, in packages/simulator. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForecastInput, forecast, forecastAll, spillOf } from './forecast.ts';
import { createWindowClock } from './window-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** 09:00 in Tokyo. */
const START_MS = Date.UTC(2026, 10, 26);
const day = createWindowClock([
  { days: [1, 2, 3, 4, 5, 6, 7], start: '09:00', end: '12:00', zone: 'Asia/Tokyo' },
]);
const input = (more: Partial<ForecastInput> = {}): ForecastInput => ({
  ...{ untried: 3_600, deferred: 0, perSecond: 1, basis: 'measured', deferredShares: [0] },
  ...{ clock: createWindowClock([]), startMs: START_MS },
  ...more,
});
const tookMs = (of: ForecastInput) => (forecast(of).finishMs ?? Number.NaN) - START_MS;

describe('the forecast', () => {
  it('is due ÷ rate where nothing is in the way, with a range around it', () => {
    const { finishMs, earliestMs, latestMs, byDay } = forecast(input());
    expect((finishMs ?? 0) - START_MS).toBeCloseTo(HOUR_MS, -5);
    expect(earliestMs).toBeLessThan(finishMs ?? 0);
    expect(latestMs).toBeGreaterThan(finishMs ?? 0);
    expect(Math.round(byDay[0] ?? 0)).toBe(3_600);
  });

  it('closed hours stand still, and what does not fit is said as spill', () => {
    const of = input({ untried: 4 * 3_600, clock: day });
    // Three hours less the last minute today; the rest, an hour, tomorrow from nine.
    expect(tookMs(of) / HOUR_MS).toBeCloseTo(24 + 1, 0);
    expect(spillOf(forecast(of)) / 3_600).toBeCloseTo(1, 1);
    expect(spillOf(forecast(input({ clock: day })))).toBe(0);
  });

  it('before the opening it waits for it', () => {
    const of = input({ clock: day, startMs: START_MS - 2 * HOUR_MS });
    expect(((forecast(of).finishMs ?? 0) - START_MS) / HOUR_MS).toBeCloseTo(1, 1);
  });

  it('who is put off comes again by the retry plan: the last of them decides the end', () => {
    const once = tookMs(input({ untried: 100, deferredShares: [0.3, 0] }));
    expect(once).toBeGreaterThan(5 * MINUTE_MS);
    expect(once).toBeLessThan(12 * MINUTE_MS);
    const often = tookMs(input({ untried: 100, deferredShares: [0.3] }));
    expect(often).toBeGreaterThan(2 * once);
  });

  it('a rate of nothing, a window that never opens and an expiry have no end', () => {
    expect(forecast(input({ perSecond: 0 })).finishMs).toBeNull();
    const expired = forecast(input({ untried: 7_200, expiresAtMs: START_MS + HOUR_MS }));
    expect(expired.finishMs).toBeNull();
    expect(expired.expires).toBeGreaterThan(3_400);
  });

  it('of nobody is now', () => {
    expect(forecast(input({ untried: 0 })).finishMs).toBe(START_MS);
    expect(forecastAll([]).byDay).toEqual([]);
  });

  it('the whole is done when its last destination is', () => {
    const [a, b] = [forecast(input()), forecast(input({ untried: 7_200 }))];
    const all = forecastAll([a, b]);
    expect(all.finishMs).toBe(b.finishMs);
    expect(Math.round(all.byDay[0] ?? 0)).toBe(10_800);
    expect(forecastAll([a, forecast(input({ perSecond: 0 }))]).finishMs).toBeNull();
  });

  it('everybody is in one day or expires, and the range holds the finish', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0.05, max: 500, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 0.6, noNaN: true }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (untried, deferred, perSecond, deferredShares, isDay) => {
          const clock = isDay ? day : createWindowClock([]);
          const of = input({ untried, deferred, perSecond, deferredShares, clock });
          const { finishMs, earliestMs, latestMs, byDay, expires } = forecast(of);
          const settled = byDay.reduce((sum, count) => sum + count, 0);
          if (finishMs !== null)
            expect(Math.abs(settled + expires - untried - deferred)).toBeLessThan(
              2 + (untried + deferred) / 100,
            );
          if (finishMs !== null && earliestMs !== null)
            expect(earliestMs).toBeLessThanOrEqual(finishMs);
          if (finishMs !== null && latestMs !== null)
            expect(latestMs).toBeGreaterThanOrEqual(finishMs);
        },
      ),
      { numRuns: 60 },
    );
  });
});
