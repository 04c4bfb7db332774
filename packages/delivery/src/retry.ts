/**
 * When a deferred recipient is tried again (delivery-engine.md §5).
 * Invariants: never outside the window less its margin, never at or after the expiry, never sooner than `minDelayMs`.
 * Entropy comes in as `jitter`; the same input gives the same plan.
 */
import { ALWAYS_OPEN, type OpenTime } from './open-time.ts';

/** Plans the next attempt after attempt number `attempt` (1 = the first) was deferred at `nowMs`. */
export function planRetry(input: RetryInput): RetryPlan {
  const settings = input.settings ?? RETRY_SETTINGS;
  const clock = input.clock ?? ALWAYS_OPEN;
  const state = clock.stateAt(input.nowMs);
  let opensAtMs = state.open ? input.nowMs : state.opensAtMs;
  if (state.open) {
    const lastMs = state.closesAtMs - settings.marginMs;
    const untilMs = Math.min(lastMs, input.expiresAtMs);
    const atMs = awayFromHour(
      input.nowMs + delayMs(input, settings, untilMs),
      input.jitter,
      settings,
    );
    if (atMs < untilMs) return { kind: 'retry', atMs };
    if (input.expiresAtMs <= lastMs) return { kind: 'expired' };
    opensAtMs = openingAfter(clock, state.closesAtMs);
  }
  return planAtOpening(input, settings, clock, opensAtMs);
}

/** The instant at which a recipient expires: `expiryMs` of open time after `startedAtMs`. Infinity where it never opens. */
export function expiresAt(
  startedAtMs: number,
  clock: OpenTime | null,
  settings = RETRY_SETTINGS,
): number {
  return (clock ?? ALWAYS_OPEN).addOpenTime(startedAtMs, settings.expiryMs);
}

/** Settings with every duration multiplied by `scale`: tests and fault runs live minutes in milliseconds. */
export function scaleRetry(settings: RetrySettings, scale: number): RetrySettings {
  return {
    ...settings,
    minDelayMs: settings.minDelayMs * scale,
    capMs: settings.capMs * scale,
    greylistMs: settings.greylistMs * scale,
    marginMs: settings.marginMs * scale,
    expiryMs: settings.expiryMs * scale,
    openingSpreadMs: settings.openingSpreadMs * scale,
    hourMs: settings.hourMs * scale,
    hourAvoidMs: settings.hourAvoidMs * scale,
  };
}

/** The delay before the next attempt, jitter included, never below `minDelayMs`. */
function delayMs(input: RetryInput, settings: RetrySettings, untilMs: number): number {
  const shrink = 1 - settings.jitterShare * input.jitter;
  const spreadMs = settings.minDelayMs * settings.jitterShare * input.jitter;
  const leastMs = settings.minDelayMs + spreadMs;
  // A greylisting server wants one more try after its delay; a second refusal is an ordinary deferral.
  if (input.category === 'greylist' && input.attempt === 1)
    return Math.max(leastMs, settings.greylistMs + spreadMs);
  const isWindowed =
    input.clock != null && Number.isFinite(untilMs) && untilMs !== input.expiresAtMs;
  const wantedMs = isWindowed
    ? windowStepMs(input.attempt, settings.retriesPerWindow, untilMs - input.nowMs)
    : backoffMs(input.attempt, settings);
  return Math.max(leastMs, wantedMs * shrink);
}

/**
 * The step to the i-th of r retries, planned at W·(i/r)² from the first failure on [D].
 * Stateless form: after retry i−1 there is W' = W·(1−((i−1)/r)²) left, so the step W·(2i−1)/r² is W'·(2i−1)/(r²−(i−1)²).
 * After r retries in a window it returns more than is left, so that the next one moves to the next opening.
 */
function windowStepMs(attempt: number, retries: number, remainingMs: number): number {
  const i = ((attempt - 1) % (retries + 1)) + 1;
  if (i > retries) return Number.POSITIVE_INFINITY;
  return (remainingMs * (2 * i - 1)) / (retries * retries - (i - 1) * (i - 1));
}

/** 5, 10, 20, 40 min … up to the cap [PF minimal_backoff_time, doubled]. */
function backoffMs(attempt: number, settings: RetrySettings): number {
  return Math.min(settings.capMs, settings.minDelayMs * 2 ** Math.min(attempt - 1, 40));
}

function planAtOpening(
  input: RetryInput,
  settings: RetrySettings,
  clock: OpenTime,
  firstOpensAtMs: number,
): RetryPlan {
  const earliestMs = input.nowMs + settings.minDelayMs;
  let opensAtMs = firstOpensAtMs;
  for (let tries = 0; tries < OPENINGS_TRIED && opensAtMs < input.expiresAtMs; tries++) {
    const state = clock.stateAt(opensAtMs);
    if (!state.open) break;
    const lastMs = state.closesAtMs - settings.marginMs;
    const fromMs = Math.max(opensAtMs, earliestMs);
    // The lane says how long its backlog takes; never plan beyond the first half of what is open.
    const wantedMs = input.openingSpreadMs ?? settings.openingSpreadMs;
    const spreadMs = Math.max(
      0,
      Math.min(wantedMs, (lastMs - fromMs) / 2, (input.expiresAtMs - fromMs) / 2),
    );
    const atMs = awayFromHour(fromMs + spreadMs * input.jitter, input.jitter, settings);
    if (atMs < lastMs && atMs < input.expiresAtMs) return { kind: 'retry', atMs };
    if (fromMs < lastMs && input.expiresAtMs <= lastMs) break;
    opensAtMs = openingAfter(clock, state.closesAtMs);
  }
  return { kind: 'expired' };
}

/** Carriers congest at :00 (replies.md, rule breaker 18): what would fall on it comes a little later. */
function awayFromHour(atMs: number, jitter: number, settings: RetrySettings): number {
  if (settings.hourAvoidMs <= 0 || !Number.isFinite(atMs)) return atMs;
  const intoHourMs = atMs % settings.hourMs;
  if (intoHourMs >= settings.hourAvoidMs) return atMs;
  return atMs - intoHourMs + settings.hourAvoidMs * (1 + jitter);
}

function openingAfter(clock: OpenTime, closesAtMs: number): number {
  const state = clock.stateAt(closesAtMs);
  return state.open ? closesAtMs : state.opensAtMs;
}

/** Windows shorter than their margins can make an opening useless; after this many, something is wrong with them. */
const OPENINGS_TRIED = 60;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const RETRY_SETTINGS: RetrySettings = {
  minDelayMs: 5 * MINUTE_MS,
  capMs: 2 * HOUR_MS,
  jitterShare: 0.25,
  retriesPerWindow: 6,
  greylistMs: 6 * MINUTE_MS,
  marginMs: MINUTE_MS,
  expiryMs: 24 * HOUR_MS,
  openingSpreadMs: 30 * MINUTE_MS,
  hourMs: HOUR_MS,
  hourAvoidMs: 2 * MINUTE_MS,
};

/**
 * `minDelayMs` least delay and first backoff step · `capMs` longest backoff · `jitterShare` share of a delay that jitter
 * takes off · `retriesPerWindow` r · `greylistMs` · `marginMs` no attempt this near to closing · `expiryMs` open time ·
 * `openingSpreadMs` over how long a backlog is spread · `hourMs`, `hourAvoidMs` the first minutes of an hour are left out.
 */
export type RetrySettings = {
  minDelayMs: number;
  capMs: number;
  jitterShare: number;
  retriesPerWindow: number;
  greylistMs: number;
  marginMs: number;
  expiryMs: number;
  openingSpreadMs: number;
  hourMs: number;
  hourAvoidMs: number;
};

/**
 * `attempt`: attempts counted so far, at least 1. `category`: of the reply. `expiresAtMs`: see `expiresAt`.
 * `jitter`: in [0, 1). `openingSpreadMs`: the lane's backlog ÷ its measured rate, where known.
 */
export type RetryInput = {
  attempt: number;
  nowMs: number;
  category: string;
  clock: OpenTime | null;
  expiresAtMs: number;
  jitter: number;
  openingSpreadMs?: number;
  settings?: RetrySettings;
};

export type RetryPlan = { kind: 'retry'; atMs: number } | { kind: 'expired' };
