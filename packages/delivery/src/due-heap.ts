/** Ids of deliveries that become due later, the soonest first. A binary heap: a lane may hold a hundred thousand. */

export interface DueHeap {
  readonly size: number;
  /** Epoch ms of the soonest, Infinity when empty. */
  readonly nextMs: number;
  push(id: string, atMs: number): void;
  /** Up to `max` ids that are due at `nowMs`, taken out. */
  take(nowMs: number, max: number): string[];
  clear(): void;
}

export function createDueHeap(): DueHeap {
  let ids: string[] = [];
  let times: number[] = [];

  const swap = (a: number, b: number) => {
    [ids[a], ids[b]] = [ids[b] as string, ids[a] as string];
    [times[a], times[b]] = [times[b] as number, times[a] as number];
  };
  const up = (start: number) => {
    for (let i = start; i > 0; ) {
      const parent = (i - 1) >> 1;
      if ((times[parent] as number) <= (times[i] as number)) return;
      swap(i, parent);
      i = parent;
    }
  };
  const down = () => {
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < times.length && (times[child] as number) < (times[least] as number))
          least = child;
      }
      if (least === i) return;
      swap(i, least);
      i = least;
    }
  };

  return {
    get size() {
      return ids.length;
    },
    get nextMs() {
      return times[0] ?? Number.POSITIVE_INFINITY;
    },
    push(id, atMs) {
      ids.push(id);
      times.push(atMs);
      up(ids.length - 1);
    },
    take(nowMs, max) {
      const due: string[] = [];
      while (due.length < max && ids.length > 0 && (times[0] as number) <= nowMs) {
        due.push(ids[0] as string);
        swap(0, ids.length - 1);
        ids.pop();
        times.pop();
        down();
      }
      return due;
    },
    clear() {
      ids = [];
      times = [];
    },
  };
}
