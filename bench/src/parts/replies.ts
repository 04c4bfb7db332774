/**
 * The classifier alone, over the golden replies in shuffled order: as they are (servers repeat themselves, and what was
 * decided is remembered), and each with a queue id of its own, so that every text is new. One thread; medians of five.
 */
import { classify, factsOf, type ReplyFacts } from '@hikyaku/replies';
import { GOLDEN } from '@hikyaku/replies/golden';
import { median } from '../median.ts';
import type { Rig } from '../rig.ts';

export interface RepliesSpeed {
  /** Replies a second, golden texts shuffled. */
  perSecond: number;
  /** The same with no text twice. */
  unseenPerSecond: number;
  texts: number;
}

const ROUNDS = 5;
const REPLIES = 200_000;

export async function replies({ say }: Pick<Rig, 'say'>): Promise<RepliesSpeed> {
  const golden = GOLDEN.map(factsOf);
  const asTheyAre = shuffled(golden, (facts) => facts);
  const allNew = shuffled(golden, (facts, at) => ({ ...facts, text: `${facts.text} q${at}z` }));
  const perSecond = speedOf(asTheyAre);
  const unseenPerSecond = speedOf(allNew);
  say(`  ${golden.length} golden texts: ${perSecond}/s; never seen before: ${unseenPerSecond}/s`);
  return { perSecond, unseenPerSecond, texts: golden.length };
}

function speedOf(facts: readonly ReplyFacts[]): number {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    for (const reply of facts) classify(reply);
    rates.push(facts.length / ((performance.now() - startedMs) / 1_000));
  }
  return Math.round(median(rates));
}

/** As many replies as are measured, drawn by a fixed sequence: the same order in every run. */
function shuffled(
  golden: readonly ReplyFacts[],
  shape: (facts: ReplyFacts, at: number) => ReplyFacts,
): ReplyFacts[] {
  let seed = 1;
  return Array.from({ length: REPLIES }, (_, at) => {
    // Numerical Recipes' linear congruence: no dependency for a shuffle.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const facts = golden[Math.floor((seed / 2 ** 32) * golden.length)] as ReplyFacts;
    return shape(facts, at);
  });
}
