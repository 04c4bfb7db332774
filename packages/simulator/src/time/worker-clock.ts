/**
 * The two clocks of a worker's machine. The wall clock may be set wrong and jump; the monotonic one never jumps, but runs
 * up to five per cent fast or slow.
 */
import type { Timeline } from './timeline.ts';

export class WorkerClock {
  readonly #timeline: Timeline;
  readonly #rate: number;
  readonly #bootMs: number;
  #wallOffsetMs = 0;
  #setAtMs = Number.NEGATIVE_INFINITY;

  /** @param rate monotonic ms for each true ms, 0.95–1.05 */
  constructor(timeline: Timeline, rate: number) {
    this.#timeline = timeline;
    this.#rate = rate;
    this.#bootMs = timeline.nowMs - 1_000_000;
  }

  /** How far the wall clock is off. */
  get wallOffsetMs(): number {
    return this.#wallOffsetMs;
  }

  set wallOffsetMs(ms: number) {
    this.#wallOffsetMs = ms;
    this.#setAtMs = this.#timeline.nowMs;
  }

  get wallMs(): number {
    return this.#timeline.nowMs + this.#wallOffsetMs;
  }

  get monoMs(): number {
    return (this.#timeline.nowMs - this.#bootMs) * this.#rate;
  }

  /** Right to within a second: its worker has no excuse for a window missed. */
  get isWallRight(): boolean {
    return Math.abs(this.#wallOffsetMs) < 1_000;
  }

  /** Nothing that was taken for due by a wrong clock is under way any more. */
  get isWallLongRight(): boolean {
    return this.isWallRight && this.#timeline.nowMs - this.#setAtMs > 600_000;
  }

  /** The true instant at which the monotonic clock reads `monoMs`. */
  trueMsOf(monoMs: number): number {
    return this.#bootMs + monoMs / this.#rate;
  }
}
