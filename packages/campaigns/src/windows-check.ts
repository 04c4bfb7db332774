/**
 * Several windows together: each is valid, and they are open at the same time at least once for long enough to send.
 * An intersection that never lets anything out is refused where it enters, so that no campaign waits for ever.
 */
import { validateWindow, type Window, type WindowCode } from './window.ts';
import { createWindowClock, type WindowClock } from './window-clock.ts';
import { WINDOW_MARGINS } from './window-margins.ts';

/**
 * Checks windows that bind together (installation, tenant, campaign, destination group) as of `nowMs`.
 *
 * Looks 400 days ahead, since two zones may meet in winter only. Codes: those of `validateWindow`, where `index` names
 * the window at fault; and, where `index` is null, `windows-never-open` and `windows-too-short`: they meet, but the
 * margins before the closing leave no moment at which a message may begin.
 */
export function validateWindows(windows: readonly Window[], nowMs: number): WindowsCheck {
  for (const [index, window] of windows.entries()) {
    const check = validateWindow(window);
    if (!check.ok) return { ...check, index };
  }
  const clock = createWindowClock(windows);
  const atMs = firstStartAfter(clock, nowMs, WINDOW_MARGINS.mailMs);
  if (Number.isFinite(atMs)) return { ok: true };
  const state = clock.stateAt(nowMs);
  const hasMet = state.open || Number.isFinite(state.opensAtMs);
  return { ok: false, code: hasMet ? 'windows-too-short' : 'windows-never-open', index: null };
}

/** The first instant from `nowMs` on at which a message may begin; Infinity where there is none within 400 days. */
export function firstStartAfter(clock: WindowClock, nowMs: number, marginMs: number): number {
  let atMs = nowMs;
  while (atMs < nowMs + SEARCH_MS) {
    const state = clock.stateAt(atMs);
    if (state.open && state.closesAtMs - atMs > marginMs) return atMs;
    atMs = state.open ? state.closesAtMs : state.opensAtMs;
  }
  return Number.POSITIVE_INFINITY;
}

const SEARCH_MS = 400 * 86_400_000;

export type WindowsCheck =
  | { ok: true }
  | {
      ok: false;
      code: WindowCode | 'windows-never-open' | 'windows-too-short';
      index: number | null;
    };
