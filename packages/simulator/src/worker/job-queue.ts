/**
 * Stands for the queue: a job is "try to take this lane", no more. Jobs are lost, doubled and late; losing the queue loses
 * nothing, because every worker's timer asks the database what is due.
 */
import type { Random } from '../random.ts';
import type { Timeline } from '../time/timeline.ts';
import type { Worker } from './worker.ts';

export class JobQueue {
  isDown = false;
  lossShare = 0;
  doubleShare = 0;
  lateShare = 0;
  onFault: (kind: string) => void = () => {};
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #workers: () => readonly Worker[];
  readonly #pending = new Set<string>();

  constructor(timeline: Timeline, random: Random, workers: () => readonly Worker[]) {
    this.#timeline = timeline;
    this.#random = random;
    this.#workers = workers;
  }

  /** Unless a job for the lane is there. */
  add(laneId: string) {
    if (this.isDown) return this.onFault('down');
    if (this.#pending.has(laneId)) return;
    if (this.#random.chance(this.lossShare)) return this.onFault('lost');
    this.#pending.add(laneId);
    const isDoubled = this.#random.chance(this.doubleShare);
    const isLate = this.#random.chance(this.lateShare);
    if (isDoubled) this.onFault('doubled');
    if (isLate) this.onFault('late');
    for (let copies = isDoubled ? 2 : 1; copies > 0; copies--)
      this.#timeline.after(this.#random.between(2, 30) + (isLate ? 15_000 : 0), () =>
        this.#hand(laneId),
      );
  }

  #hand(laneId: string) {
    this.#pending.delete(laneId);
    const workers = this.#workers().filter(
      ({ process, isStopping }) => process.isAlive && !isStopping,
    );
    if (workers.length === 0) return;
    const worker = this.#random.pick(workers);
    worker.process.deliver(() => worker.deliver(laneId));
  }
}
