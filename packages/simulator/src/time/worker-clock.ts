/**
 * The two clocks of a worker's machine. The wall clock may be set wrong and jump; the monotonic one never jumps, but runs
 * up to five per cent fast or slow.
 */
import type { Timeline } from './timeline.ts';

export class WorkerClock {
  readonly #timeline: Timeline;
  readonly #rate: number;
  readonly #bootMs: number;
  /** How far the wall clock is off. */
  wallOffsetMs = 0;

  /** @param rate monotonic ms for each true ms, 0.95–1.05 */
  constructor(timeline: Timeline, rate: number) {
    this.#timeline = timeline;
    this.#rate = rate;
    this.#bootMs = timeline.nowMs - 1_000_000;
  }

  get wallMs(): number {
    return this.#timeline.nowMs + this.wallOffsetMs;
  }

  get monoMs(): number {
    return (this.#timeline.nowMs - this.#bootMs) * this.#rate;
  }

  /** The true instant at which the monotonic clock reads `monoMs`. */
  trueMsOf(monoMs: number): number {
    return this.#bootMs + monoMs / this.#rate;
  }
}
