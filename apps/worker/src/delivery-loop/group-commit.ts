/**
 * Group commit: while one statement is under way, what is asked meanwhile gathers for the next. No timer: an idle database
 * answers the first at once, a busy one gets larger batches.
 */

export interface GroupCommit<Item, Result> {
  /** What is asked together is answered together, and is never parted over two statements. */
  add(items: readonly Item[]): Promise<readonly Result[]>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
  /** Items that wait or are under way. */
  readonly pending: number;
}

/**
 * `commit` answers a whole batch in order. When it throws, `onError` decides: `retry` after a pause (an outcome must not
 * be lost), or `reject` every item (no database, no dot). A batch of `batchMax` items takes no more.
 */
export function createGroupCommit<Item, Result>(options: {
  commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  batchMax: number;
  onError: (error: unknown) => 'retry' | 'reject';
  retryMs?: number;
}): GroupCommit<Item, Result> {
  type Entry = {
    items: readonly Item[];
    resolve: (results: readonly Result[]) => void;
    reject: (error: unknown) => void;
  };
  let waiting: Entry[] = [];
  let waitingItems = 0;
  let underWay = 0;
  let onIdle: (() => void)[] = [];

  const run = () => {
    if (underWay > 0) return;
    if (waiting.length === 0) {
      for (const done of onIdle) done();
      onIdle = [];
      return;
    }
    const { entries, items } = nextBatch();
    waitingItems -= items.length;
    underWay = items.length;
    void commit(entries, items).then((answer) => {
      underWay = 0;
      // The next statement is on its way while those who were answered go on.
      run();
      answer();
    });
  };

  const nextBatch = () => {
    const items: Item[] = [];
    let count = 0;
    for (const entry of waiting) {
      if (items.length >= options.batchMax) break;
      items.push(...entry.items);
      count += 1;
    }
    const entries = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return { entries, items };
  };

  /** Tries until the batch is committed or given up; how its entries are to be answered. */
  const commit = async (entries: Entry[], items: readonly Item[]): Promise<() => void> => {
    for (;;) {
      try {
        const results = await options.commit(items);
        return () => {
          let from = 0;
          for (const entry of entries) {
            entry.resolve(results.slice(from, from + entry.items.length));
            from += entry.items.length;
          }
        };
      } catch (error) {
        if (options.onError(error) === 'reject') {
          return () => {
            for (const entry of entries) entry.reject(error);
          };
        }
        await new Promise((resolve) => setTimeout(resolve, options.retryMs ?? 250));
      }
    }
  };

  return {
    get pending() {
      return waitingItems + underWay;
    },
    add: (items) => {
      if (items.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject });
        waitingItems += items.length;
        // Sessions that were woken by the same network event join the same statement.
        if (underWay === 0 && waiting.length === 1) setImmediate(run);
      });
    },
    idle: () =>
      waitingItems + underWay === 0
        ? Promise.resolve()
        : new Promise((resolve) => onIdle.push(resolve)),
  };
}
