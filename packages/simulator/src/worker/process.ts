/**
 * A worker's operating-system process: it is scheduled or it is not. Stopped (SIGSTOP, a long pause), what reaches it
 * waits in order; killed, nothing reaches it any more, and what it had handed to the kernel still leaves.
 */
import type { Timeline } from '../time/timeline.ts';
import type { WorkerClock } from '../time/worker-clock.ts';

export class Process {
  readonly name: string;
  readonly clock: WorkerClock;
  isAlive = true;
  /** Called when it is killed. */
  readonly onKilled = new Set<() => void>();
  readonly #timeline: Timeline;
  readonly #onRun: () => void;
  #backlog: (() => void)[] = [];
  #head = 0;
  #stoppedUntilMs = 0;
  #isPumping = false;
  /** What turns the monotonic clock into the database's time of day. */
  dayOffsetMs = 0;
  /** Each turn of the event loop takes so long. */
  turnMs = 0;

  /** @param onRun called when code of this process ran, so that its promises can be settled. */
  constructor(name: string, clock: WorkerClock, timeline: Timeline, onRun: () => void) {
    this.name = name;
    this.clock = clock;
    this.#timeline = timeline;
    this.#onRun = onRun;
  }

  /** The time of day as this process believes the database has it. */
  get dayMs(): number {
    return this.clock.monoMs + this.dayOffsetMs;
  }

  /** How far it is wrong about that. */
  get dayErrorMs(): number {
    return Math.abs(this.dayMs - this.#timeline.nowMs);
  }

  /** Something reaches the process: a packet, an answer, a timer. */
  deliver(run: () => void): void {
    if (!this.isAlive) return;
    const isFree =
      this.#head === this.#backlog.length && this.#stoppedUntilMs <= this.#timeline.nowMs;
    if (isFree && this.turnMs === 0) {
      this.#onRun();
      run();
      return;
    }
    this.#backlog.push(run);
    this.#pump();
  }

  /** A timer on the monotonic clock. */
  after(monoMs: number, run: () => void): void {
    this.atMono(this.clock.monoMs + monoMs, run);
  }

  atMono(monoMs: number, run: () => void): void {
    this.#timeline.at(this.clock.trueMsOf(monoMs), () => this.deliver(run));
  }

  get isStopped(): boolean {
    return this.#stoppedUntilMs > this.#timeline.nowMs;
  }

  /**
   * Stopped, or it has not had the time to notice that it was, or its event loop is behind: nothing that it holds is by its
   * will.
   */
  get isBehindTime(): boolean {
    if (this.#head < this.#backlog.length) return true;
    const wokeAgoMs = this.#timeline.nowMs - this.#stoppedUntilMs;
    return this.#stoppedUntilMs > 0 && wokeAgoMs < NOTICES_WITHIN_MS;
  }

  stopFor(ms: number): void {
    this.#stoppedUntilMs = Math.max(this.#stoppedUntilMs, this.#timeline.nowMs + ms);
  }

  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#backlog = [];
    this.#head = 0;
    for (const run of this.onKilled) run();
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    this.#timeline.at(Math.max(this.#stoppedUntilMs, this.#timeline.nowMs + this.turnMs), () => {
      this.#isPumping = false;
      if (!this.isAlive) return;
      if (this.#stoppedUntilMs > this.#timeline.nowMs) return this.#pump();
      const run = this.#backlog[this.#head++];
      if (this.#head === this.#backlog.length) {
        this.#backlog = [];
        this.#head = 0;
      }
      if (run !== undefined) {
        this.#onRun();
        run();
      }
      if (this.#head < this.#backlog.length) this.#pump();
    });
  }
}

/** A tick of the delivery loop, and turns of a slow event loop before it. */
const NOTICES_WITHIN_MS = 1_000;
