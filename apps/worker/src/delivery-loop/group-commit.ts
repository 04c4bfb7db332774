/**
 * Group commit: while one statement is under way, what is asked meanwhile gathers for the next. No timer: an idle database
 * answers the first at once, a busy one gets larger batches.
 */

export interface GroupCommit<Item, Result> {
  add(item: Item): Promise<Result>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
  readonly pending: number;
}

/**
 * `commit` answers a whole batch in order. When it throws, `onError` decides: `retry` after a pause (an outcome must not
 * be lost), or `reject` every item (no database, no dot).
 */
export function createGroupCommit<Item, Result>(options: {
  commit: (items: Item[]) => Promise<readonly Result[]>;
  batchMax: number;
  onError: (error: unknown) => 'retry' | 'reject';
  retryMs?: number;
}): GroupCommit<Item, Result> {
  type Entry = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  let waiting: Entry[] = [];
  let underWay = 0;
  let onIdle: (() => void)[] = [];

  const run = () => {
    if (underWay > 0) return;
    if (waiting.length === 0) {
      for (const done of onIdle) done();
      onIdle = [];
      return;
    }
    const batch = waiting.slice(0, options.batchMax);
    waiting = waiting.slice(batch.length);
    underWay = batch.length;
    void commit(batch).then((answer) => {
      underWay = 0;
      // The next statement is on its way while those who were answered go on.
      run();
      answer();
    });
  };

  /** Tries until the batch is committed or given up; how its items are to be answered. */
  const commit = async (batch: Entry[]): Promise<() => void> => {
    for (;;) {
      try {
        const results = await options.commit(batch.map((entry) => entry.item));
        return () => {
          for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Result);
        };
      } catch (error) {
        if (options.onError(error) === 'reject') {
          return () => {
            for (const entry of batch) entry.reject(error);
          };
        }
        await new Promise((resolve) => setTimeout(resolve, options.retryMs ?? 250));
      }
    }
  };

  return {
    get pending() {
      return waiting.length + underWay;
    },
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // Sessions that were woken by the same network event join the same statement.
        if (underWay === 0 && waiting.length === 1) setImmediate(run);
      }),
    idle: () =>
      waiting.length + underWay === 0
        ? Promise.resolve()
        : new Promise((resolve) => onIdle.push(resolve)),
  };
}
