/** Gathers what is asked while a statement is under way into the next one, as the worker does with fences and outcomes. */

export class GroupCommit<T> {
  readonly #commit: (batch: T[], done: () => void) => void;
  #waiting: T[] = [];
  #isUnderWay = false;

  /** @param commit calls `done` when the statement has been answered, whatever the answer is */
  constructor(commit: (batch: T[], done: () => void) => void) {
    this.#commit = commit;
  }

  add(item: T): void {
    this.#waiting.push(item);
    this.#next();
  }

  #next(): void {
    if (this.#isUnderWay || this.#waiting.length === 0) return;
    this.#isUnderWay = true;
    const batch = this.#waiting.splice(0, BATCH_MAX);
    this.#commit(batch, () => {
      this.#isUnderWay = false;
      this.#next();
    });
  }
}

const BATCH_MAX = 500;
