/**
 * npm run sim -- [--seeds N] [--seed S] [--json] [--trace] [--mutants] [--scenario NAME]
 * Runs seeds over all cores, shows what they exercised, and ends with {"seeds","steps","violations"}. Ctrl-C ends it early
 * with what is known so far.
 */
import { parseArgs } from 'node:util';
import { runMutants } from './run-mutants.ts';
import { runScenarios } from './run-scenarios.ts';
import { runSeeds } from './run-seeds.ts';
import { traceSeed } from './trace-seed.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    scenario: { type: 'string' },
  },
});

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());

const options = {
  seeds: wholeNumber('seeds', values.seeds) ?? (values.mutants ? 10 : 20),
  seed: wholeNumber('seed', values.seed) ?? 1,
  isJson: values.json,
  signal: interruption.signal,
};
const isGood = await run();
process.exitCode = isGood ? 0 : 1;

function run(): Promise<boolean> {
  if (values.scenario !== undefined) return runScenarios(values.scenario, options);
  if (values.mutants) return runMutants(options);
  if (values.trace) return traceSeed(options.seed);
  return runSeeds(options);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    console.error(`--${name} takes a whole number, not "${text}".`);
    process.exit(2);
  }
  return number;
}
