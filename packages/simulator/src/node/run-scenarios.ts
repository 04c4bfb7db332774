/** Named scenarios: what each asks, its figures, and whether it holds. */
import { SCENARIOS } from '../scenarios/index.ts';
import { runScenario } from '../scenarios/scenario.ts';
import { drain } from './drain.ts';
import type { Options } from './options.ts';

/** `names`: one, several with commas, or `all`. True when all hold. The last line is `{"scenarios","failed"}`. */
export async function runScenarios(names: string, options: Options): Promise<boolean> {
  const wanted = names === 'all' ? [...SCENARIOS.keys()] : names.split(',');
  let failed = 0;
  for (const name of wanted) {
    const scenario = SCENARIOS.get(name);
    if (scenario === undefined) {
      console.error(
        `There is no scenario ${name}. There are: ${[...SCENARIOS.keys()].join(', ')}.`,
      );
      return false;
    }
    const { signal, seed, isJson } = options;
    const report = await runScenario(scenario, seed, drain, { isStopped: () => signal.aborted });
    if (!report.holds) failed += 1;
    if (isJson) console.log(JSON.stringify(report));
    else {
      console.log(`${report.holds ? 'holds ' : 'FAILED'}  ${name}: ${scenario.what}`);
      for (const [figure, value] of Object.entries(report.figures))
        console.log(`          ${figure.padEnd(28)} ${value}`);
      for (const what of report.broken) console.log(`        ! ${what}`);
    }
    if (signal.aborted) break;
  }
  console.log(JSON.stringify({ scenarios: wanted.length, failed }));
  return failed === 0;
}
