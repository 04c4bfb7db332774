/**
 * How many sessions a lane may hold: grown and shrunk by feedback (Postfix SCHEDULING_README, delivery-engine.md §3).
 * Invariant: 1 ≤ window ≤ cap. Pure state, no clock.
 */

/** A window of `initial` sessions, never above `cap` (profile or staff). */
export function createConcurrency(settings: ConcurrencySettings): Concurrency {
  let cap = Math.max(1, settings.cap);
  let window = Math.min(Math.max(1, settings.initial), cap);
  let success = 0;
  let failure = 0;
  let failCohorts = 0;
  const cohortsMax = settings.failCohortsMax ?? 1;

  /** 1/√N for both ways; a fixed quarter where one host of several behind the site is bad [PF]. */
  const feedback = (): number => 1 / Math.sqrt(window);

  return {
    get window() {
      return window;
    },
    get cap() {
      return cap;
    },
    get isDown() {
      return failCohorts >= cohortsMax;
    },
    onOpened(inUse) {
      failCohorts = 0;
      // Growing an unused window would only let the next burst overshoot.
      if (window >= cap || inUse < window) return;
      success += feedback();
      while (success + EPSILON >= 1) {
        window += 1;
        success -= 1;
        failure = 0;
      }
      window = Math.min(window, cap);
    },
    onFailure(isOneOfSeveral = false) {
      failCohorts = Math.min(cohortsMax, failCohorts + 1 / window);
      if (window === 1) return;
      failure -= isOneOfSeveral ? 0.25 : feedback();
      while (failure - EPSILON < 0) {
        window -= 1;
        failure += 1;
        success = 0;
      }
      window = Math.max(1, window);
    },
    setCap(next) {
      cap = Math.max(1, next);
      window = Math.min(window, cap);
    },
  };
}

/** Sums of 1/√N reach whole units only nearly. */
const EPSILON = 1e-6;

export const CONCURRENCY_DEFAULTS = { initial: 3, cap: 20, failCohortsMax: 1 } as const;

export type ConcurrencySettings = { initial: number; cap: number; failCohortsMax?: number };

export type Concurrency = {
  /** Sessions that may be open now. */
  readonly window: number;
  readonly cap: number;
  /** A whole cohort of sessions failed without one that opened: the site is down, probe with backoff. */
  readonly isDown: boolean;
  /** A session opened (greeting and EHLO done) while `inUse` sessions, itself included, are open. */
  onOpened(inUse: number): void;
  /** Connect, greeting or 421 failed. */
  onFailure(isOneOfSeveral?: boolean): void;
  setCap(cap: number): void;
};
