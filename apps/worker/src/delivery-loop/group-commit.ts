/**
 * Group commit: while one statement is under way, what is asked meanwhile gathers for the next. No timer: an idle database
 * answers the first at once, a busy one gets larger batches.
 */

/** Undefined: the batch was given up, and what became of it is not known. */
export type Answer<Result> = (results: readonly Result[] | undefined) => void;

export interface GroupCommit<Item, Result> {
  /** What is asked together is answered together, and is never parted over two statements. */
  add(items: readonly Item[], answer: Answer<Result>): void;
  /** Resolves when everything that was added so far has been answered. */
  soFar(): Promise<void>;
  /** Items that wait or are under way. */
  readonly pending: number;
}

/**
 * `commit` answers a whole batch in order. When it throws, `onError` decides: `retry` after a pause (an outcome must not
 * be lost), or `give-up` (no database, no dot). A batch of `batchMax` items takes no more.
 */
export function createGroupCommit<Item, Result>(options: {
  commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  batchMax: number;
  onError: (error: unknown) => 'retry' | 'give-up';
  retryMs?: number;
}): GroupCommit<Item, Result> {
  type Entry = { items: readonly Item[]; answer: Answer<Result> };
  let waiting: Entry[] = [];
  let isUnderWay = false;
  let addedItems = 0;
  let answeredItems = 0;
  /** In the order in which they are to be told. */
  const watchers: { upTo: number; resolve: () => void }[] = [];

  const run = () => {
    if (isUnderWay || waiting.length === 0) return;
    const { entries, items } = nextBatch();
    isUnderWay = true;
    void commit(items).then((results) => {
      isUnderWay = false;
      // The next statement is on its way while those who were answered go on.
      run();
      answeredItems += items.length;
      answer(entries, results);
      tellWatchers();
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

  /** Tries until the batch is committed, or given up. */
  const commit = async (items: readonly Item[]): Promise<readonly Result[] | undefined> => {
    for (;;) {
      try {
        return await options.commit(items);
      } catch (error) {
        if (options.onError(error) === 'give-up') return undefined;
        await new Promise((resolve) => setTimeout(resolve, options.retryMs ?? 250));
      }
    }
  };

  const answer = (entries: readonly Entry[], results: readonly Result[] | undefined) => {
    let from = 0;
    for (const entry of entries) {
      const to = from + entry.items.length;
      entry.answer(results?.slice(from, to));
      from = to;
    }
  };

  const tellWatchers = () => {
    for (let next = watchers[0]; next && next.upTo <= answeredItems; next = watchers[0]) {
      watchers.shift();
      next.resolve();
    }
  };

  return {
    get pending() {
      return addedItems - answeredItems;
    },
    add: (items, answer) => {
      if (items.length === 0) {
        answer([]);
        return;
      }
      waiting.push({ items, answer });
      addedItems += items.length;
      // Sessions that were woken by the same network event join the same statement.
      if (!isUnderWay && waiting.length === 1) setImmediate(run);
    },
    soFar: () =>
      addedItems === answeredItems
        ? Promise.resolve()
        : new Promise((resolve) => watchers.push({ upTo: addedItems, resolve })),
  };
}
