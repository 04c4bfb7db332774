/**
 * Simulated time: what is to happen, in order of its instant and, at one instant, in the order in which it was planned.
 * Time passes only from event to event.
 */

export class Timeline {
  /** The true time, epoch ms; clocks of workers may read something else. */
  nowMs: number;
  /** Events that have happened. */
  steps = 0;
  readonly #heap: Planned[] = [];
  #order = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  /** Plans `run` for an instant; one that has passed means now, behind what is planned for now already. */
  at(atMs: number, run: () => void): Planned {
    const planned: Planned = {
      atMs: Math.max(atMs, this.nowMs),
      order: this.#order++,
      run,
      isOff: false,
    };
    this.#push(planned);
    return planned;
  }

  after(delayMs: number, run: () => void): Planned {
    return this.at(this.nowMs + delayMs, run);
  }

  /** Lets the next event happen; false when nothing is planned. */
  step(): boolean {
    for (;;) {
      const planned = this.#pop();
      if (planned === undefined) return false;
      if (planned.isOff) continue;
      this.nowMs = planned.atMs;
      this.steps += 1;
      planned.run();
      return true;
    }
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(planned);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const other = heap[parent] as Planned;
      if (!isBefore(planned, other)) break;
      heap[i] = other;
      i = parent;
    }
    heap[i] = planned;
  }

  #pop(): Planned | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      const right = child + 1;
      if (right < heap.length && isBefore(heap[right] as Planned, heap[child] as Planned))
        child = right;
      const other = heap[child] as Planned;
      if (!isBefore(other, last)) break;
      heap[i] = other;
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** Set `isOff` and it does not happen. */
export type Planned = {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  isOff: boolean;
};
