/**
 * What a session is about to say. All replies to one input chunk are one group and one write. A group leaves only when
 * its journal lines are on disk, its delay is over, and the group before it has left.
 */

export interface ReplyPort<Dot> {
  write(text: string, onFlushed?: () => void): void;
  end(): void;
  destroy(): void;
  isDurable(ticket: number): boolean;
  whenDurable(ticket: number, resume: () => void): void;
  /** Asked before a group that answers dots is written; false when something struck and the queue is to wait. */
  beforeDots(dots: readonly Dot[]): boolean;
  afterDots(dots: readonly Dot[]): void;
}

export class ReplyQueue<Dot> {
  readonly #port: ReplyPort<Dot>;
  #open: Group<Dot> = newGroup();
  #groups: Group<Dot>[] = [];
  #isWaiting = false;
  #isMuted = false;
  #isEnded = false;
  #holds = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(port: ReplyPort<Dot>) {
    this.#port = port;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  add(reply: string): void {
    this.#open.text += `${reply}\r\n`;
  }

  /** The open group waits for this journal ticket. */
  after(ticket: number): void {
    if (ticket > this.#open.ticket) this.#open.ticket = ticket;
  }

  /** The open group leaves no earlier than this (performance.now() clock, ms). */
  notBefore(atMs: number): void {
    if (atMs > this.#open.dueAt) this.#open.dueAt = atMs;
  }

  /** Marks that the open group answers the dot of this message. */
  answersDot(dot: Dot): void {
    this.#open.dots.push(dot);
  }

  /** What follows the open group: the connection ends, is destroyed, or `then` runs. */
  finish(how: 'end' | 'destroy' | (() => void)): void {
    this.#open.finish = how;
  }

  /** Closes the open group at the end of an input chunk. `latencyMs` is added to each group that says something. */
  flush(latencyMs: number): void {
    const group = this.#open;
    if (group.text === '' && group.finish === null) return;
    this.#open = newGroup();
    if (this.#isMuted || this.#isEnded) return;
    if (latencyMs > 0) group.dueAt = Math.max(group.dueAt, performance.now() + latencyMs);
    this.#groups.push(group);
    this.#pump();
  }

  /** Nothing is said from now on. The connection stays open. */
  mute(): void {
    this.#isMuted = true;
    this.#groups = [];
    clearTimeout(this.#timer);
  }

  hold(until: Promise<void>): void {
    this.#holds += 1;
    void until.then(() => {
      this.#holds -= 1;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#holds === 0 && !this.#isWaiting && !this.#isEnded) {
      const group = this.#groups[0];
      if (group === undefined || !this.#isReady(group)) return;
      if (group.dots.length > 0 && !group.isChecked) {
        group.isChecked = true;
        if (!this.#port.beforeDots(group.dots)) return;
        if (this.#holds > 0) return;
      }
      this.#groups.shift();
      this.#send(group);
    }
  }

  #isReady(group: Group<Dot>): boolean {
    if (group.ticket > 0 && !this.#port.isDurable(group.ticket)) {
      this.#isWaiting = true;
      this.#port.whenDurable(group.ticket, () => this.#resume());
      return false;
    }
    if (group.dueAt === 0) return true;
    const waitMs = group.dueAt - performance.now();
    if (waitMs <= 0) return true;
    this.#isWaiting = true;
    this.#timer = setTimeout(() => this.#resume(), Math.ceil(waitMs));
    return false;
  }

  #resume(): void {
    this.#isWaiting = false;
    if (!this.#isMuted) this.#pump();
  }

  #send(group: Group<Dot>): void {
    const { text, dots, finish } = group;
    if (text !== '') {
      if (dots.length === 0) this.#port.write(text);
      else this.#port.write(text, () => this.#port.afterDots(dots));
    }
    if (finish === null) return;
    if (typeof finish === 'function') {
      finish();
      return;
    }
    this.#isEnded = true;
    if (finish === 'end') this.#port.end();
    else this.#port.destroy();
  }
}

interface Group<Dot> {
  text: string;
  ticket: number;
  dueAt: number;
  dots: Dot[];
  isChecked: boolean;
  finish: 'end' | 'destroy' | (() => void) | null;
}

function newGroup<Dot>(): Group<Dot> {
  return { text: '', ticket: 0, dueAt: 0, dots: [], isChecked: false, finish: null };
}
