/** Peak memory and open descriptors of worker processes, from /proc: what I7 is judged by. Elsewhere nothing is watched. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MS = 400;

export interface ProcessPeak {
  memoryBytes: number;
  descriptors: number;
}

export class ProcessWatch {
  readonly #pids = new Set<number>();
  readonly #peak: ProcessPeak = { memoryBytes: 0, descriptors: 0 };
  readonly #timer = setInterval(() => this.#look(), SAMPLE_MS);

  add(pid: number): void {
    this.#pids.add(pid);
  }

  /** Of the worst process; undefined where there is no /proc. */
  get peak(): ProcessPeak | undefined {
    return existsSync('/proc/self/fd') ? this.#peak : undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const pid of this.#pids) {
      try {
        const kilobytes = Number(
          /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
        );
        this.#peak.memoryBytes = Math.max(this.#peak.memoryBytes, kilobytes * 1_024 || 0);
        const descriptors = readdirSync(`/proc/${pid}/fd`).length;
        this.#peak.descriptors = Math.max(this.#peak.descriptors, descriptors);
      } catch {
        this.#pids.delete(pid);
      }
    }
  }
}
