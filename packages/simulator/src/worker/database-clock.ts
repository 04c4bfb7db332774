/**
 * The time of day as the database has it, as apps/worker keeps it: looked up now and then, and carried on by the
 * monotonic clock in between, so that no machine's wall clock counts. Looked up only while somebody needs it.
 */
import type { DatabaseLink } from '../database/link.ts';
import type { Process } from './process.ts';

export class DatabaseClock {
  readonly #process: Process;
  readonly #link: DatabaseLink;
  readonly #trueMs: () => number;
  #lookedAtMonoMs = Number.NEGATIVE_INFINITY;
  #isLooking = false;

  constructor(process: Process, link: DatabaseLink, trueMs: () => number) {
    this.#process = process;
    this.#link = link;
    this.#trueMs = trueMs;
  }

  /** Calls `ready` when the time is known well enough; not at all where the database does not answer. */
  require(ready: () => void): void {
    if (this.#isFresh()) ready();
    else
      this.look(() => {
        if (this.#isFresh()) ready();
      });
  }

  /** Looks, unless that was done a moment ago. */
  tend(): void {
    if (!this.#isFresh()) this.look(() => {});
  }

  look(done: () => void): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { clock } = this.#process;
    const askedMs = clock.monoMs;
    const answered = (nowMs: number) => {
      this.#isLooking = false;
      const answeredMs = clock.monoMs;
      // An answer that took longer says too little about when it was given.
      if (answeredMs - askedMs <= ROUND_TRIP_MAX_MS) {
        this.#process.dayOffsetMs = nowMs - (askedMs + answeredMs) / 2;
        this.#lookedAtMonoMs = answeredMs;
      }
      done();
    };
    this.#link.run(
      this.#trueMs,
      answered,
      () => {
        this.#isLooking = false;
      },
      false,
    );
  }

  #isFresh(): boolean {
    return this.#process.clock.monoMs - this.#lookedAtMonoMs < LOOK_MS;
  }
}

const LOOK_MS = 10_000;
const ROUND_TRIP_MAX_MS = 1_000;
