/**
 * Several windows together: each is valid, and they are open at the same time at least once.
 * An intersection that never opens is refused where it enters, so that no campaign waits for ever.
 */
import { validateWindow, type Window, type WindowCode } from './window.ts';
import { createWindowClock } from './window-clock.ts';

/**
 * Checks windows that bind together (installation, tenant, campaign, destination group) as of `nowMs`.
 *
 * Looks 400 days ahead, since two zones may meet in winter only. Codes: those of `validateWindow`, where `index` names
 * the window at fault, and `windows-never-open`, where `index` is null.
 */
export function validateWindows(windows: readonly Window[], nowMs: number): WindowsCheck {
  for (const [index, window] of windows.entries()) {
    const check = validateWindow(window);
    if (!check.ok) return { ...check, index };
  }
  const state = createWindowClock(windows).stateAt(nowMs);
  if (!state.open && state.opensAtMs === Number.POSITIVE_INFINITY)
    return { ok: false, code: 'windows-never-open', index: null };
  return { ok: true };
}

export type WindowsCheck =
  | { ok: true }
  | { ok: false; code: WindowCode | 'windows-never-open'; index: number | null };
