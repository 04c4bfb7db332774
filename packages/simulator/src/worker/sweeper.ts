/**
 * The timer of every worker: ends campaigns that are over, and puts into the queue whatever the database says is due.
 * It looks often while something is due soon, and is poked when somebody changed something.
 */
import { finishCampaigns, readFreeLanes } from '../database/lane-rules.ts';
import type { Tables } from '../database/tables.ts';
import type { JobQueue } from './job-queue.ts';
import type { Worker } from './worker.ts';

export class Sweeper {
  readonly #worker: Worker;
  readonly #tables: Tables;
  readonly #queue: JobQueue;
  readonly #nowMs: () => number;
  #round = 0;

  constructor(worker: Worker, tables: Tables, queue: JobQueue, nowMs: () => number) {
    this.#worker = worker;
    this.#tables = tables;
    this.#queue = queue;
    this.#nowMs = nowMs;
    this.#later(100);
  }

  poke(): void {
    this.#later(20);
  }

  #later(ms: number): void {
    const round = ++this.#round;
    this.#worker.process.after(ms, () => {
      if (round === this.#round) this.#sweep();
    });
  }

  #sweep(): void {
    const { link } = this.#worker;
    link.run(
      () => {
        finishCampaigns(this.#tables, this.#nowMs());
        return readFreeLanes(this.#tables, this.#nowMs());
      },
      (lanes) => {
        for (const laneId of lanes) this.#queue.add(laneId);
        this.#later(this.#pauseMs());
      },
      () => this.#later(PAUSE_MS),
    );
  }

  /** Nothing can become due sooner than the soonest entry, or the end of the soonest lease. */
  #pauseMs(): number {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const { isDone, nextDueMs, campaignId } of this.#tables.laneCampaigns) {
      if (isDone || nextDueMs >= dueMs) continue;
      if (this.#tables.campaigns.get(campaignId)?.finishedAtMs === null) dueMs = nextDueMs;
    }
    return Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MS, dueMs - this.#nowMs()));
  }
}

const PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 10_000;
