/** How fast the receiver accepts, watched while a fault strikes: what I5 is judged by. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceiverProcess } from '@hikyaku/testkit/receiver-process';

const SAMPLE_MS = 100;

/** Half-length of the history in which a rate is looked for. */
const RATE_WINDOW_MS = 2_000;

export class Pace {
  readonly #receiver: ReceiverProcess;
  readonly #destination: string;
  readonly #samples: { atMs: number; accepted: number }[] = [];
  #isOver = false;
  #loop: Promise<void>;

  constructor(receiver: ReceiverProcess, destination: string) {
    this.#receiver = receiver;
    this.#destination = destination;
    this.#loop = this.#watch();
  }

  get accepted(): number {
    return this.#samples.at(-1)?.accepted ?? 0;
  }

  /** Accepted a second over the last `RATE_WINDOW_MS`, or since `sinceMs` where that is later. 0 before there is a span. */
  rate(sinceMs = 0): number {
    const last = this.#samples.at(-1);
    if (!last) return 0;
    const from = Math.max(sinceMs, last.atMs - RATE_WINDOW_MS);
    const first = this.#samples.find(({ atMs }) => atMs >= from);
    if (!first || last.atMs - first.atMs < RATE_WINDOW_MS * 0.7) return 0;
    return ((last.accepted - first.accepted) / (last.atMs - first.atMs)) * 1_000;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#loop;
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      const stats = await this.#receiver.stats().catch(() => []);
      const own = stats.find(({ name }) => name === this.#destination);
      if (own) this.#samples.push({ atMs: performance.now(), accepted: own.accepted });
      await sleep(SAMPLE_MS);
    }
  }
}
