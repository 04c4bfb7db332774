/** When nothing may be sent to anybody: the stretches in which the windows of every group are shut. */
import type { WindowClock } from './window-clock.ts';

/**
 * Stretches of [fromMs, toMs) in which none of `clocks` is open, in order. No clock: never shut. At most `COUNT_MAX` stretches;
 * a span that has more is longer than any campaign.
 */
export function closedBetween(
  clocks: readonly WindowClock[],
  fromMs: number,
  toMs: number,
): [fromMs: number, toMs: number][] {
  const closed: [number, number][] = [];
  for (let nowMs = fromMs; nowMs < toMs && closed.length < COUNT_MAX; ) {
    const states = clocks.map((clock) => clock.stateAt(nowMs));
    const open = states.filter((state) => state.open).map(({ closesAtMs }) => closesAtMs);
    if (clocks.length === 0 || open.includes(Number.POSITIVE_INFINITY)) break;
    if (open.length > 0) {
      nowMs = Math.max(...open, nowMs + 1);
      continue;
    }
    const opensAtMs = Math.min(
      ...states.map((state) => (state.open ? Number.POSITIVE_INFINITY : state.opensAtMs)),
    );
    closed.push([nowMs, Math.min(opensAtMs, toMs)]);
    nowMs = opensAtMs;
  }
  return closed;
}

const COUNT_MAX = 5_000;
