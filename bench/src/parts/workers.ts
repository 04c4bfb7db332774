/**
 * Two workers against one, on many sites that each take their time: a worker holds so many lanes at once, and what limits it
 * is the receivers' latency. Alternating, the better order of no one: median of two pairs.
 */
import { runCampaign } from '../campaign-run.ts';
import { JournalTail } from '../journal-tail.ts';
import { median, round2 } from '../median.ts';
import { makeList } from '../people.ts';
import { type Rig, receiverOf } from '../rig.ts';

const ROUNDS = 2;
const SITES = 80;
const LANES_PER_WORKER = 40;
const SESSIONS_PER_SITE = 4;
const LATENCY_MS = 100;

export async function workers(rig: Rig): Promise<{ twoVsOne: number }> {
  const people = rig.scaled(32_000);
  const sites = Array.from({ length: SITES }, (_, site) => ({
    name: `site${site}`,
    domains: [`s${site}.example`],
    manners: { latencyMs: LATENCY_MS },
  }));
  const receiver = await receiverOf(sites);
  const journal = new JournalTail(receiver.journalPath);
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const domains = sites.flatMap((site) => site.domains);
    const listId = await makeList(rig, tenantId, people, { domains });
    const rateWith = async (count: number): Promise<number> => {
      const running = await Promise.all(
        Array.from({ length: count }, () => rig.startWorker(receiver.routes, TUNING)),
      );
      try {
        return (await runCampaign(rig, { tenantId, listId, journal, people })).perSecond;
      } finally {
        await Promise.all(running.map((worker) => worker.stop(30_000)));
      }
    };
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [one, two] = [await rateWith(1), await rateWith(2)];
      ratios.push(two / one);
      rig.say(`  round ${round + 1}: one worker ${Math.round(one)}/s, two ${Math.round(two)}/s`);
    }
    const result = { twoVsOne: round2(median(ratios)) };
    rig.say(
      `  workers, ${people} recipients at ${SITES} sites with ${LATENCY_MS} ms latency, ${LANES_PER_WORKER} lanes a worker, ${SESSIONS_PER_SITE} sessions a site, 4 KB personalised, ${rig.durability}: two are ${result.twoVsOne} × one`,
    );
    return result;
  } finally {
    await receiver.stop();
  }
}

const TUNING = {
  lanesPerWorker: LANES_PER_WORKER,
  busyMin: 1,
  sessionsPerSite: SESSIONS_PER_SITE,
  sessionsAtStart: SESSIONS_PER_SITE,
};
