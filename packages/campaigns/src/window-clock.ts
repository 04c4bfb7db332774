/**
 * Answers "is it open, and until when?" for the intersection of windows, millions of times a second.
 * The open stretches around the last question are kept; only a question outside them costs calendar arithmetic.
 * Satisfies the `OpenTime` port of @hikyaku/delivery.
 */
import { isAllDay, validateWindow, type Window } from './window.ts';
import { intersect, type Stretch, stretchesOf } from './window-days.ts';

/**
 * A clock over the intersection of `windows` (none: always open). Throws on a window that `validateWindow` refuses:
 * that is a programmer's error, since windows are checked where they enter. Keep the clock as long as its windows.
 */
export function createWindowClock(windows: readonly Window[]): WindowClock {
  for (const window of windows) {
    const check = validateWindow(window);
    if (!check.ok) throw new Error(`window refused (${check.code}): ${JSON.stringify(window)}`);
  }
  const binding = windows.filter((window) => !isAllDay(window));
  return binding.length === 0 ? ALWAYS_OPEN : new StretchClock(binding);
}

/** One question without a clock kept; see `createWindowClock` for many. */
export function windowStateAt(windows: readonly Window[], nowMs: number): WindowState {
  return createWindowClock(windows).stateAt(nowMs);
}

/** Open time between two instants, in ms. */
export function openTimeBetween(windows: readonly Window[], fromMs: number, toMs: number): number {
  return createWindowClock(windows).openTimeBetween(fromMs, toMs);
}

/** The first instant by which `openMs` of open time have passed since `fromMs`; Infinity if that never happens. */
export function addOpenTime(windows: readonly Window[], fromMs: number, openMs: number): number {
  return createWindowClock(windows).addOpenTime(fromMs, openMs);
}

const NEVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;
const CHUNK_MS = 28 * DAY_MS;
/** Windows in two zones may meet in one half of the year only; what does not open in 400 days never does. */
const SEARCH_MS = 400 * DAY_MS;

const OPEN_FOR_EVER: WindowState = { open: true, closesAtMs: NEVER };
const ALWAYS_OPEN: WindowClock = {
  isAlwaysOpen: true,
  stateAt: () => OPEN_FOR_EVER,
  isOpenAt: () => true,
  openTimeBetween: (fromMs, toMs) => Math.max(0, toMs - fromMs),
  addOpenTime: (fromMs, openMs) => fromMs + openMs,
};

class StretchClock implements WindowClock {
  readonly isAlwaysOpen = false;
  readonly #windows: readonly Window[];
  #stretches: Stretch[] = [];
  #coveredFromMs = 0;
  #coveredToMs = 0;
  /** The answer that holds in [#fromMs, #untilMs). */
  #fromMs = 0;
  #untilMs = 0;
  #state: WindowState = { open: false, opensAtMs: NEVER };

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
  }

  stateAt(nowMs: number): WindowState {
    if (nowMs < this.#fromMs || nowMs >= this.#untilMs) this.#answer(nowMs);
    return this.#state;
  }

  isOpenAt(nowMs: number): boolean {
    return this.stateAt(nowMs).open;
  }

  openTimeBetween(fromMs: number, toMs: number): number {
    let openMs = 0;
    let atMs = fromMs;
    while (atMs < toMs) {
      const state = this.stateAt(atMs);
      const nextMs = state.open ? state.closesAtMs : state.opensAtMs;
      if (state.open) openMs += Math.min(nextMs, toMs) - atMs;
      atMs = nextMs;
    }
    return openMs;
  }

  addOpenTime(fromMs: number, openMs: number): number {
    let leftMs = openMs;
    let atMs = fromMs;
    while (leftMs > 0 && atMs !== NEVER) {
      const state = this.stateAt(atMs);
      if (!state.open) {
        atMs = state.opensAtMs;
        continue;
      }
      const spentMs = Math.min(leftMs, state.closesAtMs - atMs);
      leftMs -= spentMs;
      atMs += spentMs;
    }
    return atMs;
  }

  #answer(nowMs: number): void {
    this.#cover(nowMs);
    let index = this.#firstEndingAfter(nowMs);
    while (index === this.#stretches.length && this.#coveredToMs < nowMs + SEARCH_MS) {
      this.#append();
      index = this.#firstEndingAfter(nowMs);
    }
    const stretch = this.#stretches[index];
    if (stretch === undefined) this.#set(nowMs, nowMs + DAY_MS, false, NEVER);
    else if (stretch[0] <= nowMs) this.#set(stretch[0], stretch[1], true, stretch[1]);
    else this.#set(this.#stretches[index - 1]?.[1] ?? nowMs, stretch[0], false, stretch[0]);
  }

  #set(fromMs: number, untilMs: number, open: boolean, nextMs: number): void {
    this.#fromMs = fromMs;
    this.#untilMs = untilMs;
    this.#state = open ? { open, closesAtMs: nextMs } : { open, opensAtMs: nextMs };
  }

  #cover(nowMs: number): void {
    const isNear = nowMs >= this.#coveredFromMs && nowMs < this.#coveredToMs + SEARCH_MS;
    // A clock that lives for years must not keep every stretch it ever saw.
    if (!isNear || this.#stretches.length > 2000) {
      this.#stretches = [];
      this.#coveredFromMs = nowMs - DAY_MS;
      this.#coveredToMs = this.#coveredFromMs;
    }
    while (this.#coveredToMs <= nowMs) this.#append();
  }

  #append(): void {
    const fromMs = this.#coveredToMs;
    let toMs = fromMs + CHUNK_MS;
    let fresh = this.#stretchesIn(fromMs, toMs);
    const last = fresh.at(-1);
    // A stretch is kept whole: the cover ends in closed time or at the end of a stretch.
    if (last !== undefined && last[1] > toMs) toMs = last[1];
    const previous = this.#stretches.at(-1);
    if (previous !== undefined) fresh = fresh.filter(([from]) => from > previous[1]);
    this.#stretches.push(...fresh);
    this.#coveredToMs = toMs;
  }

  #stretchesIn(fromMs: number, toMs: number): Stretch[] {
    // Two weeks of margin on both sides: a binding window closes at least once a week, so nothing is cut at the edge.
    const margin = 14 * DAY_MS;
    return this.#windows
      .map((window) => stretchesOf(window, fromMs - margin, toMs + margin))
      .reduce(intersect)
      .filter(([from, to]) => to > fromMs && from < toMs);
  }

  #firstEndingAfter(nowMs: number): number {
    let low = 0;
    let high = this.#stretches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stretches[middle] as Stretch)[1] > nowMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** `closesAtMs` and `opensAtMs` are epoch ms; Infinity means never. */
export type WindowState = { open: true; closesAtMs: number } | { open: false; opensAtMs: number };

export type WindowClock = {
  readonly isAlwaysOpen: boolean;
  stateAt(nowMs: number): WindowState;
  isOpenAt(nowMs: number): boolean;
  openTimeBetween(fromMs: number, toMs: number): number;
  addOpenTime(fromMs: number, openMs: number): number;
};
