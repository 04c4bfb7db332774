/** Runs a mutant over seeds and says which invariant killed it, in how many. */
import { type RunResult, runPlan } from '../run.ts';
import { randomPlan } from '../world/random-plan.ts';
import type { Mutant } from './mutant.ts';

/** One seed with the bug planted; an exception of the mutated core counts as a kill too. */
export async function huntSeed(
  mutant: Mutant,
  seed: number,
  drain: () => Promise<void>,
): Promise<{ killedBy: string | undefined; steps: number }> {
  const plan = randomPlan(seed, {
    faults: mutant.needsCalm ? 0 : 3,
    recipients: mutant.needsCalm ? 8_000 : undefined,
    moreFaults: [...mutant.faults, ...mutant.faults],
    isClosing: mutant.needsClosing,
  });
  let result: RunResult;
  try {
    const options = { bug: mutant.plant(), stopAtViolation: true, maxSteps: STEPS_MAX };
    result = await runPlan(plan, drain, options);
  } catch (error) {
    return { killedBy: `throws: ${(error as Error).message}`, steps: 0 };
  }
  return { killedBy: result.violations[0]?.invariant, steps: result.steps };
}

/** Twice what a long run takes. */
const STEPS_MAX = 400_000;
