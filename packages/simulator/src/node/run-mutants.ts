/** Every mutant over some seeds: killed by which invariant, in how many. One that survives is a failure of the simulator. */
import { MUTANTS } from '../mutants/planted.ts';
import type { Options } from './options.ts';
import { type Answer, performAll } from './pool.ts';

/** True when all were killed. The last line is `{"mutants","survivors"}`. */
export async function runMutants({ seeds, seed, isJson, signal }: Options): Promise<boolean> {
  const tasks = MUTANTS.flatMap(({ name }) =>
    Array.from({ length: seeds }, (_, i) => ({ seed: seed + i, mutant: name })),
  );
  const kills = new Map<string, Map<string, number>>(MUTANTS.map(({ name }) => [name, new Map()]));
  const take = (answer: Answer) => {
    if (answer.kind !== 'hunted' || answer.killedBy === undefined) return;
    const by = kills.get(answer.mutant);
    by?.set(answer.killedBy, (by.get(answer.killedBy) ?? 0) + 1);
  };
  await performAll(tasks, take, signal);
  let survivors = 0;
  for (const { name, bug } of MUTANTS) {
    const by = [...(kills.get(name) ?? [])];
    const killed = by.reduce((sum, [, count]) => sum + count, 0);
    if (killed === 0) survivors += 1;
    if (isJson) continue;
    const verdict = killed === 0 ? 'SURVIVES' : `killed in ${killed} of ${seeds}`;
    console.log(`${name.padEnd(40)} ${verdict.padEnd(18)} ${bug}`);
    for (const [invariant, count] of by) console.log(`${' '.repeat(41)}${invariant} ×${count}`);
  }
  if (isJson)
    console.log(
      JSON.stringify(
        Object.fromEntries([...kills].map(([name, by]) => [name, Object.fromEntries(by)])),
      ),
    );
  console.log(JSON.stringify({ mutants: MUTANTS.length, survivors }));
  return survivors === 0;
}
