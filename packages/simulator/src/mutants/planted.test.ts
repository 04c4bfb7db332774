/** Every planted bug is found. One that survives shows a hole in the simulator, not in the product. */
import { describe, expect, it } from 'vitest';
import { drain } from '../node/drain.ts';
import { huntSeed } from './hunt.ts';
import { MUTANTS } from './planted.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];

describe('planted bugs', () => {
  it('are at least ten', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(10);
  });

  it.each(MUTANTS)('$name is killed', async (mutant) => {
    const killers: string[] = [];
    for (const seed of SEEDS) {
      const { killedBy } = await huntSeed(mutant, seed, drain);
      if (killedBy === undefined) continue;
      killers.push(killedBy);
      break;
    }
    expect(killers).toHaveLength(1);
  });
});
