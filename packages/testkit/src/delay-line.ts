/** Performs what is pushed `delayMs` later, in the order pushed. One timer for all: order cannot be lost among timers. */

export class DelayLine {
  readonly #delayMs: number;
  #waiting: { dueAt: number; act: () => void }[] = [];
  #isArmed = false;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  push(act: () => void): void {
    this.#waiting.push({ dueAt: performance.now() + this.#delayMs, act });
    this.#arm();
  }

  #arm(): void {
    const first = this.#waiting[0];
    if (this.#isArmed || first === undefined) return;
    this.#isArmed = true;
    // Timers fire late by half a millisecond on average, never early: ask for that much less.
    setTimeout(() => this.#run(), Math.max(0, first.dueAt - performance.now() - 0.6));
  }

  #run(): void {
    this.#isArmed = false;
    const now = performance.now();
    // Timers count whole milliseconds: what is due within half of one goes too, or it would wait a whole one more.
    let due = this.#waiting.findIndex((item) => item.dueAt > now + 0.5);
    if (due === -1) due = this.#waiting.length;
    for (const item of this.#waiting.splice(0, due)) item.act();
    this.#arm();
  }
}
