/** Starts a program again that ended by itself; gives up when it does not stay up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { red, yellow } from '../steps.mjs';

const PAUSE_MS = 1_000;
const STEADY_MS = 60_000;
const RESTARTS_MAX = 5;

/** Watches `child`; `again` gives `{ child }` anew. Deliveries survive: rows say what was done. */
export async function superviseProgram(child, again, isEnding) {
  let running = child;
  let restarts = 0;
  for (;;) {
    const since = performance.now();
    const { code, signal } = await running.ended;
    if (isEnding() || !running.isWanted) return;
    restarts = performance.now() - since > STEADY_MS ? 1 : restarts + 1;
    const how = signal ?? `exit code ${code}`;
    console.log(yellow(`\nThe ${child.name} ended (${how}). Its log: ${running.logFile}`));
    if (restarts > RESTARTS_MAX) {
      console.log(
        red(`It does not stay up, so it is left alone. Its log ends:\n${running.tail()}`),
      );
      return;
    }
    await sleep(PAUSE_MS);
    if (isEnding()) return;
    try {
      running = (await again()).child;
      console.log(`The ${child.name} runs again.`);
    } catch (error) {
      console.log(red(error.message));
      return;
    }
  }
}
