import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenTime } from './open-time.ts';
import { expiresAt, planRetry, RETRY_SETTINGS, type RetryInput, scaleRetry } from './retry.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** No hour to avoid, no jitter: the bare formulas. */
const BARE = { ...RETRY_SETTINGS, hourAvoidMs: 0, jitterShare: 0 };

describe('without a window', () => {
  it('waits 5, 10, 20, 40 minutes … up to the cap', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => delayOf({ attempt, settings: BARE }));
    expect(delays.map((ms) => ms / MINUTE_MS)).toEqual([5, 10, 20, 40, 80, 120, 120, 120]);
  });

  it('expires when the next attempt would come too late', () => {
    expect(plan({ expiresAtMs: 5 * MINUTE_MS, settings: BARE })).toEqual({ kind: 'expired' });
    expect(plan({ expiresAtMs: 5 * MINUTE_MS + 1, settings: BARE }).kind).toBe('retry');
  });

  it('greylisting gets one more try after the usual delay, then backs off like others', () => {
    expect(delayOf({ category: 'greylist', settings: BARE })).toBe(BARE.greylistMs);
    expect(delayOf({ category: 'greylist', attempt: 3, settings: BARE })).toBe(20 * MINUTE_MS);
  });

  it('what would fall on a full hour comes a little later', () => {
    const settings = { ...RETRY_SETTINGS, jitterShare: 0 };
    const at = plan({ nowMs: 10 * HOUR_MS - 5 * MINUTE_MS, jitter: 0.5, settings });
    expect(at).toEqual({ kind: 'retry', atMs: 10 * HOUR_MS + 3 * MINUTE_MS });
  });
});

describe('inside a window of 09:00–21:00', () => {
  const clock = daily(9 * HOUR_MS, 21 * HOUR_MS);

  it('the i-th of r retries comes at W·(i/r)² from the first failure', () => {
    const r = BARE.retriesPerWindow;
    const startMs = 9 * HOUR_MS;
    const windowMs = 12 * HOUR_MS - BARE.marginMs;
    let nowMs = startMs;
    for (let i = 1; i < r; i++) {
      const next = plan({ attempt: i, nowMs, clock, settings: BARE });
      if (next.kind !== 'retry') throw new Error('expired');
      expect(next.atMs - startMs).toBeCloseTo(windowMs * (i / r) ** 2, 3);
      nowMs = next.atMs;
    }
  });

  it('what does not fit moves to the next opening, spread over it', () => {
    const nowMs = 21 * HOUR_MS - 2 * MINUTE_MS;
    const plans = [0, 0.5, 0.999].map((jitter) => plan({ nowMs, clock, jitter, settings: BARE }));
    const opensAtMs = DAY_MS + 9 * HOUR_MS;
    expect(plans.map((p) => (p.kind === 'retry' ? p.atMs - opensAtMs : null))).toEqual([
      0,
      0.5 * BARE.openingSpreadMs,
      0.999 * BARE.openingSpreadMs,
    ]);
  });

  it('the lane’s backlog says how far it is spread, at most over half the window', () => {
    const nowMs = 22 * HOUR_MS;
    const at = (openingSpreadMs: number) =>
      delayOf({ nowMs, clock, jitter: 0.5, openingSpreadMs, settings: BARE }) - 11 * HOUR_MS;
    expect(at(2 * HOUR_MS)).toBe(HOUR_MS);
    expect(at(100 * HOUR_MS)).toBe((12 * HOUR_MS - BARE.marginMs) / 4);
  });

  it('nobody is tried at the very minute of opening', () => {
    const at = plan({ nowMs: 22 * HOUR_MS, clock, jitter: 0 });
    expect(at).toEqual({ kind: 'retry', atMs: DAY_MS + 9 * HOUR_MS + 2 * MINUTE_MS });
  });

  it('expiry counts open time: 24 h of it are two days', () => {
    expect(expiresAt(9 * HOUR_MS, clock)).toBe(DAY_MS + 21 * HOUR_MS);
    expect(expiresAt(22 * HOUR_MS, clock)).toBe(2 * DAY_MS + 21 * HOUR_MS);
    const nowMs = DAY_MS + 21 * HOUR_MS - 3 * MINUTE_MS;
    expect(plan({ attempt: 9, nowMs, clock, expiresAtMs: DAY_MS + 21 * HOUR_MS })).toEqual({
      kind: 'expired',
    });
  });

  it('a window that never opens again expires', () => {
    const never: OpenTime = {
      stateAt: () => ({ open: false, opensAtMs: Number.POSITIVE_INFINITY }),
      addOpenTime: () => Number.POSITIVE_INFINITY,
    };
    expect(plan({ clock: never, expiresAtMs: Number.POSITIVE_INFINITY })).toEqual({
      kind: 'expired',
    });
  });
});

describe('any plan', () => {
  const input = fc.record({
    openAtMin: fc.integer({ min: 0, max: 23 * 60 }),
    lengthMin: fc.integer({ min: 1, max: 24 * 60 }),
    nowMin: fc.integer({ min: 0, max: 3 * 24 * 60 }),
    attempt: fc.integer({ min: 1, max: 60 }),
    leftMin: fc.integer({ min: -10, max: 5 * 24 * 60 }),
    jitter: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    category: fc.constantFrom('greylist', 'server-temporary', 'mailbox-full'),
    spreadMin: fc.option(fc.integer({ min: 0, max: 6 * 60 }), { nil: undefined }),
    scale: fc.constantFrom(1, 0.001),
    hasWindow: fc.boolean(),
  });

  it('is inside the window less its margin, after the least delay, before the expiry', () => {
    fc.assert(
      fc.property(input, (facts) => {
        const { scale } = facts;
        const ms = (minutes: number): number => minutes * MINUTE_MS * scale;
        const settings = scaleRetry(RETRY_SETTINGS, scale);
        const clock = facts.hasWindow
          ? daily(ms(facts.openAtMin), ms(facts.openAtMin + facts.lengthMin), DAY_MS * scale)
          : null;
        const nowMs = ms(facts.nowMin);
        const expiresAtMs = nowMs + ms(facts.leftMin);
        const openingSpreadMs = facts.spreadMin === undefined ? undefined : ms(facts.spreadMin);
        const { attempt, jitter, category } = facts;
        const given: RetryInput = {
          attempt,
          jitter,
          category,
          nowMs,
          clock,
          expiresAtMs,
          openingSpreadMs,
          settings,
        };
        const planned = planRetry(given);
        expect(planRetry(given)).toEqual(planned);
        if (planned.kind === 'expired') return;
        expect(planned.atMs).toBeGreaterThanOrEqual(nowMs + settings.minDelayMs);
        expect(planned.atMs).toBeLessThan(expiresAtMs);
        if (clock === null) return;
        const state = clock.stateAt(planned.atMs);
        expect(state.open).toBe(true);
        if (state.open) expect(state.closesAtMs - planned.atMs).toBeGreaterThan(settings.marginMs);
      }),
      { numRuns: 2000 },
    );
  }, 60_000);

  it('with time left in an ordinary window there is always a retry, and a chain of them ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 20 * 60 }),
        fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 1 }),
        (lengthMin, jitters) => {
          const clock = daily(0, lengthMin * MINUTE_MS);
          const expiresAtMs = expiresAt(0, clock);
          let nowMs = 0;
          let attempt = 1;
          for (; attempt < 1000; attempt++) {
            const jitter = jitters[attempt % jitters.length] ?? 0;
            const next = planRetry({
              attempt,
              nowMs,
              category: 'x',
              clock,
              expiresAtMs,
              jitter,
            });
            if (next.kind === 'expired') break;
            nowMs = next.atMs;
          }
          expect(attempt).toBeGreaterThan(3);
          expect(attempt).toBeLessThan(300);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});

function plan(more: Partial<RetryInput>) {
  return planRetry({
    attempt: 1,
    nowMs: 0,
    category: 'server-temporary',
    clock: null,
    expiresAtMs: 30 * DAY_MS,
    jitter: 0,
    ...more,
  });
}

function delayOf(more: Partial<RetryInput>): number {
  const planned = plan(more);
  if (planned.kind !== 'retry') throw new Error('expired');
  return planned.atMs - (more.nowMs ?? 0);
}

/** Open every day (of `dayMs`) from `openMs` to `closeMs` after its start; a close beyond the day is cut to it. */
function daily(openMs: number, closeMs: number, dayMs = DAY_MS): OpenTime {
  const end = Math.min(closeMs, dayMs);
  const stateAt: OpenTime['stateAt'] = (nowMs) => {
    const day = Math.floor(nowMs / dayMs) * dayMs;
    const into = nowMs - day;
    if (into < openMs) return { open: false, opensAtMs: day + openMs };
    if (into < end) return { open: true, closesAtMs: day + end };
    return { open: false, opensAtMs: day + dayMs + openMs };
  };
  return {
    stateAt,
    addOpenTime(fromMs, openTimeMs) {
      let atMs = fromMs;
      let leftMs = openTimeMs;
      while (leftMs > 0) {
        const state = stateAt(atMs);
        const step = state.open ? Math.min(leftMs, state.closesAtMs - atMs) : 0;
        leftMs -= step;
        atMs = state.open ? atMs + step : state.opensAtMs;
      }
      return atMs;
    },
  };
}
