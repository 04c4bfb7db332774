/** Whole runs: a seed gives the same trace again, and a few seeds are clean. `npm run sim` runs hundreds. */
import { describe, expect, it } from 'vitest';
import { drain } from './node/drain.ts';
import { runPlan } from './run.ts';
import { randomPlan } from './world/random-plan.ts';

describe('a simulated run', () => {
  it('gives the same trace for the same seed, and another for another', async () => {
    const hashes: string[] = [];
    for (const seed of [11, 11, 12]) {
      const { hash } = await runPlan(randomPlan(seed, { recipients: 400 }), drain);
      hashes.push(hash);
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it.each([1, 2, 3, 4, 5])('seed %i: nothing is violated and every campaign ends', async (seed) => {
    const result = await runPlan(randomPlan(seed), drain);
    expect(result.problem).toBeUndefined();
    expect(result.violations).toEqual([]);
    expect(result.struck).toBeGreaterThanOrEqual(5);
    expect(result.world.tables.deliveries.size).toBeGreaterThanOrEqual(1_500);
  });
});
