/**
 * The caller's hooks as the exchange uses them: each may answer now or later, or throw. After a throw no fence is asked any
 * more and none that is on its way counts.
 */
import type { Reason } from './outcome.ts';
import type { RunningTransaction } from './running-transaction.ts';
import type { SessionWork, Transaction } from './transaction.ts';

export type WorkListener<T extends Transaction> = {
  /** next() has answered; `isLate` when it did not answer at once. */
  onNext(answer: T | 'quit', isLate: boolean): void;
  /** A fence that was pending has its answer in `running.fence`. */
  onLateFence(running: RunningTransaction<T>): void;
  onLateSettle(): void;
  /** A hook threw: see `error`. */
  onFailed(): void;
};

const ONLY_FIRST: readonly number[] = [0];

export class WorkSide<T extends Transaction> {
  /** next() has been called and has not answered. */
  isAsking = false;
  /** Settle promises that are pending. */
  unsettled = 0;
  hasFailed = false;
  /** What the first hook that failed threw. */
  error: unknown;
  readonly #work: SessionWork<T>;
  readonly #listener: WorkListener<T>;

  constructor(work: SessionWork<T>, listener: WorkListener<T>) {
    this.#work = work;
    this.#listener = listener;
  }

  ask() {
    try {
      const answer = this.#work.next();
      if (!isPromise(answer)) return this.#listener.onNext(answer, false);
      this.isAsking = true;
      answer.then(
        (late) => {
          this.isAsking = false;
          this.#listener.onNext(late, true);
        },
        (error: unknown) => {
          this.isAsking = false;
          this.#fail(error);
        },
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Asks for the fence; with one recipient on trust, because its replies are not there yet. */
  fence(running: RunningTransaction<T>) {
    if (this.hasFailed) return refuseFence(running, 'fence-failed');
    running.fence = 'pending';
    try {
      const asked = running.recipientCount === 1 ? ONLY_FIRST : running.acceptedIndexes;
      const answer = this.#work.fence(running.transaction, asked);
      if (!isPromise(answer)) return setFence(running, asked, answer);
      answer.then(
        (late) => {
          if (this.hasFailed) refuseFence(running, 'fence-failed');
          else setFence(running, asked, late);
          this.#listener.onLateFence(running);
        },
        (error: unknown) => {
          refuseFence(running, 'fence-failed');
          this.#note(error);
          this.#listener.onLateFence(running);
          this.#listener.onFailed();
        },
      );
    } catch (error) {
      refuseFence(running, 'fence-failed');
      this.#fail(error);
    }
  }

  /** The last look before the bytes that complete the message; turns the fence to 'no' where it fails. */
  looksGood(running: RunningTransaction<T>): boolean {
    try {
      if (!this.hasFailed && this.#work.mayComplete(running.transaction)) return true;
      refuseFence(running, this.hasFailed ? 'fence-failed' : 'too-late');
    } catch (error) {
      refuseFence(running, 'fence-failed');
      this.#fail(error);
    }
    return false;
  }

  /** The content, or undefined where it cannot be had; then the fence is turned to 'no'. */
  contentOf(running: RunningTransaction<T>): Uint8Array | undefined {
    try {
      return running.transaction.content();
    } catch (error) {
      refuseFence(running, 'content-failed');
      this.#fail(error);
      return undefined;
    }
  }

  /** Tells what is known and was not told yet. */
  tell(running: RunningTransaction<T>) {
    const result = running.takeResult();
    try {
      const done = this.#work.settle(running.transaction, result);
      if (!isPromise(done)) return;
      this.unsettled += 1;
      done.then(
        () => {
          this.unsettled -= 1;
          this.#listener.onLateSettle();
        },
        (error: unknown) => {
          this.unsettled -= 1;
          this.#fail(error);
          this.#listener.onLateSettle();
        },
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  #note(error: unknown) {
    if (!this.hasFailed) this.error = error ?? new Error('a hook of the session failed');
    this.hasFailed = true;
  }

  #fail(error: unknown) {
    this.#note(error);
    this.#listener.onFailed();
  }
}

/** `asked`: what the fence was asked for. With one recipient that is on trust, before its RCPT was answered. */
function setFence<T extends Transaction>(
  running: RunningTransaction<T>,
  asked: readonly number[],
  answer: boolean | readonly number[],
) {
  const isAll =
    typeof answer === 'boolean' ? answer : asked.every((index) => answer.includes(index));
  if (isAll) {
    running.fence = 'yes';
    return;
  }
  refuseFence(running, 'fence-refused');
  if (typeof answer !== 'boolean') running.fenced = answer;
}

function refuseFence<T extends Transaction>(running: RunningTransaction<T>, reason: Reason) {
  running.fence = 'no';
  running.fenceReason = reason;
}

function isPromise<V>(value: V | Promise<V>): value is Promise<V> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
