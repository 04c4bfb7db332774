/**
 * The port through which delivery asks about windows. @hikyaku/campaigns' `WindowClock` satisfies it; a simulator may
 * bring its own. All times are epoch ms; Infinity means never.
 */

/** Always open: what binds when no window is set. */
export const ALWAYS_OPEN: OpenTime = {
  stateAt: () => OPEN_FOR_EVER,
  addOpenTime: (fromMs, openMs) => fromMs + openMs,
};

const OPEN_FOR_EVER: OpenState = { open: true, closesAtMs: Number.POSITIVE_INFINITY };

export type OpenState = { open: true; closesAtMs: number } | { open: false; opensAtMs: number };

export type OpenTime = {
  stateAt(nowMs: number): OpenState;
  /** The first instant by which `openMs` of open time have passed since `fromMs`. */
  addOpenTime(fromMs: number, openMs: number): number;
};
