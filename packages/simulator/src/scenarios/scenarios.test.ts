/** The promises P1 to P4, P6 (the neighbour), P7 to P9 and P11 and the cases of carriers, simulated. The paper's own case is run by `npm run sim -- --scenario paper`. */
import { describe, expect, it } from 'vitest';
import { drain } from '../node/drain.ts';
import { SCENARIOS } from './index.ts';
import { runScenario } from './scenario.ts';

/** A hundred thousand recipients and more: too long for a unit suite. */
const LONG = ['paper', 'P4-small-beside-big'];

describe('scenarios', () => {
  const short = [...SCENARIOS.values()].filter(({ name }) => !LONG.includes(name));

  it.each(short)('$name: $what', async (scenario) => {
    const report = await runScenario(scenario, 1, drain);
    expect(report.broken).toEqual([]);
    expect(report.holds).toBe(true);
  });
});
