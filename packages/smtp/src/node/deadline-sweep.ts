/**
 * One timer for all sessions of a process: a deadline is a number that is compared, so that no message costs a timer.
 */
const PERIOD_MS = 50;

export type Swept = { sweep(nowMs: number): void };

const swept = new Set<Swept>();
let timer: NodeJS.Timeout | undefined;

/** Calls `one.sweep(now)` about every 50 ms until dropSwept(). Does not keep the process alive; its socket does. */
export function addSwept(one: Swept): void {
  swept.add(one);
  timer ??= setInterval(sweepAll, PERIOD_MS).unref();
}

export function dropSwept(one: Swept): void {
  swept.delete(one);
  if (swept.size > 0 || timer === undefined) return;
  clearInterval(timer);
  timer = undefined;
}

function sweepAll(): void {
  const nowMs = performance.now();
  for (const one of swept) one.sweep(nowMs);
}
