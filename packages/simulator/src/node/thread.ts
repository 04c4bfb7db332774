/** A thread of the command line: runs the seeds that it is handed, one at a time. */
import { parentPort } from 'node:worker_threads';
import { huntSeed } from '../mutants/hunt.ts';
import { MUTANTS } from '../mutants/planted.ts';
import { runPlan } from '../run.ts';
import { randomPlan } from '../world/random-plan.ts';
import { drain } from './drain.ts';
import type { Answer, Task } from './pool.ts';

parentPort?.on('message', (task: Task) => {
  void perform(task).then((answer) => parentPort?.postMessage(answer));
});

async function perform(task: Task): Promise<Answer> {
  const { seed } = task;
  if (task.mutant !== undefined) {
    const mutant = MUTANTS.find(({ name }) => name === task.mutant);
    if (mutant === undefined) throw new Error(`there is no mutant called ${task.mutant}`);
    return { kind: 'hunted', seed, mutant: mutant.name, ...(await huntSeed(mutant, seed, drain)) };
  }
  try {
    const { steps, violations, coverage, hash, problem, struck } = await runPlan(
      randomPlan(seed),
      drain,
    );
    return { kind: 'ran', seed, steps, violations, coverage, hash, problem, struck };
  } catch (error) {
    return { kind: 'threw', seed, message: (error as Error).stack ?? String(error) };
  }
}
