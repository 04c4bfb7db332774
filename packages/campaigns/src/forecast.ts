/**
 * When a destination is done with a campaign, and how many people only get it on a later day: due ÷ measured rate inside open
 * windows, with the engine's own retry plan for those who are put off (delivery-engine.md §5, §7). A fluid in time: people are
 * fractions, so that one pass says what is expected. Pure.
 */
import { planRetry, RETRY_SETTINGS, type RetrySettings } from '@hikyaku/delivery';
import type { WindowClock } from './window-clock.ts';

/** The finish and its range. `finishMs` is null where it does not end by itself: the windows never open again, or it expires. */
export function forecast(input: ForecastInput): Forecast {
  const { untried, deferred, perSecond, startMs } = input;
  if (untried + deferred === 0)
    return { finishMs: startMs, earliestMs: startMs, latestMs: startMs, byDay: [], expires: 0 };
  if (!(perSecond > 0))
    return { finishMs: null, earliestMs: null, latestMs: null, byDay: [], expires: 0 };
  const doubt = DOUBT[input.basis];
  const middle = run(input, perSecond, MEDIAN);
  const early = run(input, perSecond * (1 + doubt), EARLY);
  const late = run(input, perSecond / (1 + doubt), LATE);
  return {
    finishMs: middle.finishMs,
    earliestMs: early.finishMs,
    latestMs: late.finishMs,
    byDay: middle.byDay,
    expires: Math.round(middle.expired),
  };
}

/** All destinations together: done when the last is. A destination without an end leaves the whole without one. */
export function forecastAll(parts: readonly Forecast[]): Forecast {
  const last = (key: 'finishMs' | 'earliestMs' | 'latestMs') =>
    parts.some((part) => part[key] === null)
      ? null
      : Math.max(0, ...parts.map((part) => part[key] as number));
  const byDay: number[] = [];
  for (const part of parts)
    for (const [day, count] of part.byDay.entries()) byDay[day] = (byDay[day] ?? 0) + count;
  return {
    finishMs: last('finishMs'),
    earliestMs: last('earliestMs'),
    latestMs: last('latestMs'),
    byDay: Array.from(byDay, (count) => count ?? 0),
    expires: parts.reduce((sum, { expires }) => sum + expires, 0),
  };
}

/** How many are still to be sent to after the first opening of the windows: what spills to a later day. */
export function spillOf({ byDay }: Forecast): number {
  return byDay.slice(1).reduce((sum, count) => sum + count, 0);
}

/** Goes through time from one change to the next; `left`: fewer people than this are nobody. */
function run(input: ForecastInput, perSecond: number, left: number): Run {
  const { clock, expiresAtMs = Number.POSITIVE_INFINITY, retryShare = RETRY_SHARE } = input;
  const settings = input.retry ?? RETRY_SETTINGS;
  const ratePerMs = perSecond / 1_000;
  const waiting = new Cohorts();
  const result: Run = { finishMs: input.startMs, byDay: [], expired: 0 };
  let nowMs = input.startMs;
  let fresh = input.untried;
  let ready: Cohort[] = [];
  let openings = 0;
  let isOpen = false;
  if (input.deferred > 0) putOff(1, input.deferred, nowMs);

  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const due = fresh + sum(ready);
    if (due + waiting.size < left) return result;
    if (nowMs >= expiresAtMs) {
      result.expired = due + waiting.size;
      return { ...result, finishMs: null };
    }
    const state = clock.stateAt(nowMs);
    const closesAtMs = state.open ? state.closesAtMs - settings.marginMs : nowMs;
    if (!state.open || nowMs >= closesAtMs) {
      isOpen = false;
      const nextMs = state.open ? state.closesAtMs : state.opensAtMs;
      if (!Number.isFinite(nextMs)) return { ...result, finishMs: null };
      nowMs = Math.max(nextMs, nowMs + 1);
      continue;
    }
    if (!isOpen) openings += 1;
    isOpen = true;
    ready = merged([...ready, ...waiting.takeUntil(nowMs)]);
    const now = fresh + sum(ready);
    if (now < MOTE) {
      const nextMs = Math.min(waiting.nextMs, closesAtMs);
      // What is too little to be anybody is let go; else it would be waited for for ever.
      if (!Number.isFinite(nextMs)) return result;
      nowMs = Math.max(nextMs, nowMs + 1);
      fresh = 0;
      ready = [];
      continue;
    }
    // Who becomes due within a step joins the next: while there is a backlog, nobody is late by that.
    const backlogMs = Math.max(now / ratePerMs, 1);
    const stepMs = Math.max(STEP_MIN_MS, backlogMs / STEPS_PER_BACKLOG);
    const toMs = Math.min(nowMs + Math.min(stepMs, backlogMs), closesAtMs, expiresAtMs);
    const room = Math.min(now, (toMs - nowMs) * ratePerMs);
    const retries = Math.min(sum(ready), Math.max(room * retryShare, room - fresh));
    const first = room - retries;
    nowMs = toMs;
    let put = 0;
    fresh -= first;
    put += putOff(1, first * shareAt(1), nowMs);
    for (const cohort of take(ready, retries))
      put += putOff(cohort.attempts + 1, cohort.count * shareAt(cohort.attempts + 1), nowMs);
    ready = ready.filter(({ count }) => count > MOTE / 10);
    result.byDay[openings - 1] = (result.byDay[openings - 1] ?? 0) + room - put;
    result.finishMs = nowMs;
  }
  return { ...result, finishMs: null };

  /** These were put off at their attempt number `attempts`. Answers how many have another. */
  function putOff(attempts: number, count: number, atMs: number): number {
    if (count <= 0) return 0;
    let kept = 0;
    const spreadMs = waiting.size / ratePerMs;
    for (const jitter of JITTERS) {
      const part = count / JITTERS.length;
      const plan = planRetry({
        ...{
          attempt: attempts,
          nowMs: atMs,
          category: input.category ?? 'other',
          jitter,
          settings,
        },
        clock: clock.isAlwaysOpen ? null : clock,
        expiresAtMs,
        openingSpreadMs: spreadMs,
      });
      if (plan.kind === 'retry') {
        waiting.add({ attempts, count: part }, plan.atMs, atMs);
        kept += part;
      } else result.expired += part;
    }
    return kept;
  }

  function shareAt(attempt: number): number {
    const { deferredShares } = input;
    return deferredShares[Math.min(attempt, deferredShares.length) - 1] ?? 0;
  }
}

/** People who are tried again at about the same time and as often before. The further off, the coarser. */
class Cohorts {
  readonly #byTime = new Map<number, Map<number, number>>();
  size = 0;
  nextMs = Number.POSITIVE_INFINITY;

  add({ attempts, count }: Cohort, atMs: number, nowMs: number): void {
    const grainMs = GRAIN_MS * 2 ** Math.max(0, Math.floor(Math.log2((atMs - nowMs) / 1e6)));
    const timeMs = Math.ceil(atMs / grainMs) * grainMs;
    const cohorts = this.#byTime.get(timeMs) ?? new Map<number, number>();
    cohorts.set(attempts, (cohorts.get(attempts) ?? 0) + count);
    this.#byTime.set(timeMs, cohorts);
    this.size += count;
    this.nextMs = Math.min(this.nextMs, timeMs);
  }

  takeUntil(nowMs: number): Cohort[] {
    if (nowMs < this.nextMs) return [];
    const taken: Cohort[] = [];
    for (const [timeMs, cohorts] of this.#byTime) {
      if (timeMs > nowMs) continue;
      this.#byTime.delete(timeMs);
      for (const [attempts, count] of cohorts) taken.push({ attempts, count });
    }
    this.size = Math.max(0, this.size - sum(taken));
    this.nextMs = Math.min(Number.POSITIVE_INFINITY, ...this.#byTime.keys());
    return taken;
  }
}

function merged(cohorts: readonly Cohort[]): Cohort[] {
  if (cohorts.length < 2) return [...cohorts];
  const counts = new Map<number, number>();
  for (const { attempts, count } of cohorts)
    counts.set(attempts, (counts.get(attempts) ?? 0) + count);
  return [...counts].map(([attempts, count]) => ({ attempts, count }));
}

/** Those who came first go first; the cohorts are made smaller. */
function take(cohorts: Cohort[], wanted: number): Cohort[] {
  const taken: Cohort[] = [];
  let open = wanted;
  for (const cohort of cohorts) {
    const count = Math.min(cohort.count, open);
    if (count <= 0) continue;
    cohort.count -= count;
    open -= count;
    taken.push({ attempts: cohort.attempts, count });
  }
  return taken;
}

function sum(cohorts: readonly Cohort[]): number {
  return cohorts.reduce((total, { count }) => total + count, 0);
}

type Cohort = { attempts: number; count: number };
type Run = { finishMs: number | null; byDay: number[]; expired: number };

/** With m people expected to be left, nobody is left with probability e^-m: one half, one in ten, nine in ten. */
const MEDIAN = Math.LN2;
const EARLY = -Math.log(0.1);
const LATE = -Math.log(0.9);
/** How far the rate may be off, by what it rests on. */
const DOUBT = { measured: 0.15, past: 0.4, assumed: 1 } as const;
const RETRY_SHARE = 0.3;
const JITTERS = [1 / 6, 1 / 2, 5 / 6];
const GRAIN_MS = 15_000;
const STEP_MIN_MS = 1_000;
const STEPS_PER_BACKLOG = 40;
const STEPS_MAX = 50_000;
const MOTE = 0.01;

/** What a rate rests on: this campaign now; what was sent there before; nothing but a careful assumption. */
export type ForecastBasis = keyof typeof DOUBT;

/**
 * `untried`: people without an attempt. `deferred`: put off once at least, their next attempt not known. `perSecond`: attempts
 * with an answer while the window is open. `deferredShares`: of the first, second … attempts; the last stands for all later ones.
 * `category`: of the deferrals, where one dominates. Times in epoch ms.
 */
export type ForecastInput = {
  untried: number;
  deferred: number;
  perSecond: number;
  basis: ForecastBasis;
  deferredShares: readonly number[];
  category?: string;
  clock: WindowClock;
  startMs: number;
  expiresAtMs?: number;
  retry?: RetrySettings;
  retryShare?: number;
};

/**
 * `earliestMs`–`latestMs`: where the finish lies four times out of five. `byDay`: how many are settled in the first, second …
 * opening of the windows. `expires`: how many would still wait when their time is over.
 */
export type Forecast = {
  finishMs: number | null;
  earliestMs: number | null;
  latestMs: number | null;
  byDay: readonly number[];
  expires: number;
};
