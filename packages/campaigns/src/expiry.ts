/** An expiry ("nothing after …") against the start and the windows: one that leaves no moment to send in is refused. */
import { bindingWindows, type WindowLevels } from './binding-windows.ts';
import { createWindowClock } from './window-clock.ts';
import { WINDOW_MARGINS } from './window-margins.ts';
import { firstStartAfter } from './windows-check.ts';

/**
 * Codes: `expires-before-start`; `expires-before-open` where no group opens before it. `lateGroups` are those that are never sent to,
 * although others are. The windows must be without fault.
 */
export function checkExpiry(
  windows: { levels: WindowLevels; groupKeys: readonly string[] },
  startMs: number,
  expiresAtMs: number,
): ExpiryCheck {
  if (expiresAtMs <= startMs) return { ok: false, code: 'expires-before-start' };
  const lateGroups = windows.groupKeys.filter((group) => {
    const binding = bindingWindows(windows.levels, group).map(({ window }) => window);
    const atMs = firstStartAfter(createWindowClock(binding), startMs, WINDOW_MARGINS.mailMs);
    return atMs >= expiresAtMs;
  });
  if (lateGroups.length === windows.groupKeys.length)
    return { ok: false, code: 'expires-before-open' };
  return { ok: true, lateGroups };
}

/** Open time until somebody who still waits expires, where a campaign says nothing else: the default of `campaign.expiry_hours`. */
export const EXPIRY_HOURS = 24;

export type ExpiryCheck =
  | { ok: true; lateGroups: string[] }
  | { ok: false; code: 'expires-before-start' | 'expires-before-open' };
