/**
 * The margins before a window closes: what is begun must be able to end inside it.
 * delivery-engine.md §5: no MAIL in the last 60 s, no fence in the last 5 s. And a second behind its opening, for clocks that are ahead.
 */
import type { WindowClock } from './window-clock.ts';

/** Whether a transaction (MAIL) may start now. */
export function mayStart(
  clock: WindowClock,
  nowMs: number,
  margins: WindowMargins = WINDOW_MARGINS,
): boolean {
  const state = clock.stateAt(nowMs);
  return state.open && state.closesAtMs - nowMs > margins.mailMs;
}

/** Whether a fence may be committed, and a fenced message completed, now. */
export function mayFence(
  clock: WindowClock,
  nowMs: number,
  margins: WindowMargins = WINDOW_MARGINS,
): boolean {
  const state = clock.stateAt(nowMs);
  return state.open && state.closesAtMs - nowMs > margins.fenceMs;
}

/** Margins multiplied by `scale`: fault tests run hours in seconds. */
export function scaleMargins(margins: WindowMargins, scale: number): WindowMargins {
  return {
    mailMs: margins.mailMs * scale,
    fenceMs: margins.fenceMs * scale,
    openMs: margins.openMs * scale,
  };
}

export const WINDOW_MARGINS: WindowMargins = { mailMs: 60_000, fenceMs: 5_000, openMs: 1_000 };

export type WindowMargins = { mailMs: number; fenceMs: number; openMs: number };
