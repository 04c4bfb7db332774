/** Memory of worker processes as the kernel counts it (/proc): what "≤ 400 MB throughout" is judged by. Linux only. */
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 250;
const KB_PER_MB = 1_024;

export class MemoryWatch {
  readonly #pids = new Set<number>();
  #peakKb = 0;
  readonly #timer = setInterval(() => this.#look(), SAMPLE_MS);

  add(pid: number): void {
    this.#pids.add(pid);
    this.#look();
  }

  /** Of the worst worker so far; null where there is no /proc. */
  get peakMB(): number | null {
    return this.#peakKb > 0 ? Math.round(this.#peakKb / KB_PER_MB) : null;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const pid of this.#pids) {
      const peakKb = statusOf(pid, 'VmHWM');
      if (peakKb === undefined) this.#pids.delete(pid);
      else this.#peakKb = Math.max(this.#peakKb, peakKb);
    }
  }
}

/** MB that a process holds now; undefined where it cannot be known. */
export function memoryMB(pid: number): number | undefined {
  const kb = statusOf(pid, 'VmRSS');
  return kb === undefined ? undefined : Math.round(kb / KB_PER_MB);
}

function statusOf(pid: number, field: string): number | undefined {
  try {
    const line = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    );
    return line ? Number(line[1]) : undefined;
  } catch {
    return undefined;
  }
}
