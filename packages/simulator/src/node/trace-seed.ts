/** One seed, line by line: what failed, replayed for people to read. */
import { runPlan } from '../run.ts';
import { randomPlan } from '../world/random-plan.ts';
import { drain } from './drain.ts';

/** True when nothing was violated. */
export async function traceSeed(seed: number): Promise<boolean> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const { steps, violations, hash, problem } = await runPlan(randomPlan(seed), drain, { print });
  print(`seed ${seed}, trace ${hash}${problem === undefined ? '' : `, ${problem}`}`);
  print(JSON.stringify({ seeds: 1, steps, violations: violations.length }));
  return violations.length === 0;
}
