/**
 * A worker's connection to the database: statements take time, fail before or after their commit, and do not come through
 * while the database is down or the way to it is cut. What was sent commits even if its sender dies meanwhile.
 */
import type { Random } from '../random.ts';
import type { Timeline } from '../time/timeline.ts';

/** What all workers share: the database's own health. */
export class DatabaseHealth {
  isDown = false;
  isReadOnly = false;
  /** Until then every writing statement waits: a lock on the table, an exhausted pool. */
  stalledUntilMs = 0;
  /** Share of statements that fail before, or after, their commit. */
  failBeforeShare = 0;
  failAfterShare = 0;
  statementMs = 1.5;
  onFailure: (kind: string) => void = () => {};
}

export class DatabaseLink {
  isCut = false;
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #health: DatabaseHealth;
  readonly #deliver: (run: () => void) => void;

  /** @param deliver hands an answer to the worker's process, if that still lives. */
  constructor(
    timeline: Timeline,
    random: Random,
    health: DatabaseHealth,
    deliver: (run: () => void) => void,
  ) {
    this.#timeline = timeline;
    this.#random = random;
    this.#health = health;
    this.#deliver = deliver;
  }

  /** Runs `statement` at its commit instant, then answers. `failed`: nobody knows whether it was committed. */
  run<T>(
    statement: () => T,
    answered: (result: T) => void,
    failed: () => void,
    isWrite = true,
  ): void {
    const health = this.#health;
    const timeline = this.#timeline;
    if (this.isCut) {
      health.onFailure('cut');
      timeline.after(CUT_MS, () => this.#deliver(failed));
      return;
    }
    const waitMs = isWrite ? Math.max(0, health.stalledUntilMs - timeline.nowMs) : 0;
    if (waitMs > 0) health.onFailure('stalled');
    const spentMs = health.statementMs * (0.5 + this.#random.next());
    timeline.after(waitMs + spentMs / 2, () => {
      const fault = this.#fault(isWrite);
      if (fault !== undefined) health.onFailure(fault);
      // The server has it already, and the cut keeps only its answer back: it commits when it commits.
      if (fault === 'cut' && this.#random.chance(0.5))
        timeline.after(this.#random.next() * LATE_MS, () => {
          if (!health.isDown && !health.isReadOnly) statement();
        });
      const isDone = fault === undefined || fault === 'after';
      const result = isDone ? statement() : undefined;
      timeline.after(spentMs / 2, () => {
        // The answer has to come back over the same way.
        const isLost = fault !== undefined || this.isCut;
        this.#deliver(() => (isLost ? failed() : answered(result as T)));
      });
    });
  }

  #fault(isWrite: boolean): 'down' | 'cut' | 'read-only' | 'before' | 'after' | undefined {
    const health = this.#health;
    if (health.isDown) return 'down';
    if (this.isCut) return 'cut';
    if (isWrite && health.isReadOnly) return 'read-only';
    if (!isWrite) return undefined;
    if (this.#random.chance(health.failBeforeShare)) return 'before';
    if (this.#random.chance(health.failAfterShare)) return 'after';
    return undefined;
  }
}

/** How long a worker waits for a database that does not answer. */
const CUT_MS = 2_000;
/** How much later a statement may commit whose sender was cut off. */
const LATE_MS = 15_000;
