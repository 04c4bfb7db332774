/** How fast a destination is taken to be: as measured in past sending, or, where nothing is known, carefully assumed and said so. */
import type { ForecastInput } from './forecast.ts';

/** What was counted at a site in the past. `busyMs`: time in which a session was open, of each source's lane. */
export interface PastSending {
  answered: number;
  deferred: number;
  busyMs: number;
  sources: number;
}

type Rate = Pick<ForecastInput, 'perSecond' | 'deferredShares' | 'basis'>;

/** `past` null: the site was never met. Sources deliver side by side, so their speeds add up. */
export function rateOf(past: PastSending | null): Rate {
  if (past === null || past.answered < ANSWERED_MIN || past.busyMs <= 0) return ASSUMED_RATE;
  const { answered, deferred, busyMs, sources } = past;
  return {
    perSecond: (answered * 1_000 * Math.max(1, sources)) / busyMs,
    // How often the same person is put off again is not counted apart: as often as anybody.
    deferredShares: [Math.min(deferred / answered, SHARE_MAX)],
    basis: 'past',
  };
}

/** Three sessions to a slow carrier, and one in ten put off. */
export const ASSUMED_RATE: Rate = { perSecond: 5, deferredShares: [0.1], basis: 'assumed' };

/** Fewer say nothing about a speed. */
const ANSWERED_MIN = 50;
/** Somebody who is always put off would never be done; the expiry ends that, not the forecast. */
const SHARE_MAX = 0.9;
