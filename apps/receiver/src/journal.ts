/**
 * The journal: JSON lines on disk, written before the reply they belong to may leave. The oracle of every fault test.
 * Group commit: the lines of all sessions in one turn of the event loop are one write and, with sync 'batch', one
 * fdatasync. A journal that cannot be written stops the receiver: it must not accept what it cannot prove.
 */
import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs';

export type JournalSync = 'off' | 'batch';

export interface JournalOptions {
  path: string;
  /** 'batch' survives a power cut, 'off' survives a kill of the receiver: its lines are in the kernel before the reply. */
  sync: JournalSync;
  /** 'accepted' leaves the lines of refusals out: a benchmark writes no more than it must. */
  events: 'all' | 'accepted';
  /** Called once when the disk refuses; nothing becomes durable after it. */
  onError(error: Error): void;
}

export class Journal {
  readonly #options: JournalOptions;
  readonly #fd: number;
  #lines = '';
  #ticket = 0;
  #durable = 0;
  #isScheduled = false;
  #isBusy = false;
  #isBroken = false;
  #waiters: { ticket: number; resume: () => void }[] = [];

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#fd = openSync(options.path, 'a');
  }

  /** Takes whole lines, each ending in LF. Returns the ticket that `isDurable` and `whenDurable` know. */
  append(lines: string): number {
    this.#lines += lines;
    this.#ticket += 1;
    this.#schedule();
    return this.#ticket;
  }

  /** Takes lines about something else than an acceptance, if they are wanted. Returns a ticket, or 0. */
  note(lines: string): number {
    return this.#options.events === 'all' ? this.append(lines) : 0;
  }

  isDurable(ticket: number): boolean {
    return ticket <= this.#durable;
  }

  /** Calls `resume` once the ticket is on disk; never at once, never when the journal is broken. */
  whenDurable(ticket: number, resume: () => void): void {
    this.#waiters.push({ ticket, resume });
  }

  /** Flushes what is left and closes the file. */
  close(): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    if (this.#lines !== '') writeAll(this.#fd, this.#lines);
    if (this.#options.sync === 'batch') fdatasyncSync(this.#fd);
    this.#settle(this.#ticket);
    closeSync(this.#fd);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isBusy) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#commit();
    });
  }

  #commit(): void {
    if (this.#isBroken || this.#lines === '') return;
    const lines = this.#lines;
    const upTo = this.#ticket;
    this.#lines = '';
    try {
      writeAll(this.#fd, lines);
    } catch (error) {
      this.#break(error);
      return;
    }
    if (this.#options.sync === 'off') {
      this.#settle(upTo);
      return;
    }
    this.#isBusy = true;
    fdatasync(this.#fd, (error) => {
      this.#isBusy = false;
      if (this.#isBroken) return;
      if (error) {
        this.#break(error);
        return;
      }
      this.#settle(upTo);
      if (this.#lines !== '') this.#commit();
    });
  }

  #settle(upTo: number): void {
    this.#durable = upTo;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) {
      if (waiter.ticket <= upTo) waiter.resume();
      else this.#waiters.push(waiter);
    }
  }

  #break(error: unknown): void {
    this.#isBroken = true;
    this.#options.onError(error instanceof Error ? error : new Error(String(error)));
  }
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written);
}
