/**
 * The paper's case: half of the list sits at one carrier, which takes 5 connections from us, refuses more with 421, and defers
 * 90 % at first. Nobody told the worker. Bound: what 5 connections allow, one attempt a round trip, from the launch on.
 */
import { runCampaign } from '../campaign-run.ts';
import { JournalTail } from '../journal-tail.ts';
import { round2 } from '../median.ts';
import { makeList } from '../people.ts';
import { type Rig, receiverOf } from '../rig.ts';
import { measureRoundTrip } from '../round-trip.ts';

const CONNECTIONS = 5;
const LATENCY_MS = 10;
/**
 * Retries after 5 min become retries after 6 s: well within the first pass, so that the carrier's limits decide. No less: the pace at
 * which one more connection is tried is scaled too, and one a minute must not become ten a second.
 */
const TIME_SCALE = 0.02;

export async function carrier(rig: Rig): Promise<{ ofBound: number }> {
  const people = rig.scaled(30_000);
  const receiver = await receiverOf([
    {
      name: 'carrier',
      domains: ['carrier.example'],
      manners: {
        connectionsMaxPerSource: CONNECTIONS,
        latencyMs: LATENCY_MS,
        deferShare: 0.9,
        deferFirstAttemptOnly: true,
      },
    },
    { name: 'others', domains: ['*'] },
  ]);
  const worker = await rig.startWorker(receiver.routes, { timeScale: TIME_SCALE });
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const domains = ['carrier.example', 'bench.example'];
    const listId = await makeList(rig, tenantId, people, { domains });
    const rttMs = await measureRoundTrip(receiver.ports.carrier as number);
    const journal = new JournalTail(receiver.journalPath);
    const { campaignId } = await runCampaign(rig, { tenantId, listId, journal, people });
    const [log] = await rig.scenario.query<{ attempts: number; seconds: number }>(
      `select count(*)::int as attempts, extract(epoch from max(e.at) - min(c.launched_at))::float8 as seconds
         from delivery d join campaign c on c.id = d.campaign_id
         join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id
        where d.campaign_id = $1 and d.domain = 'carrier.example'`,
      [campaignId],
    );
    const { attempts, seconds } = log as { attempts: number; seconds: number };
    const stats = (await receiver.stats()).find(({ name }) => name === 'carrier');
    const perSecond = attempts / seconds;
    const boundPerSecond = (CONNECTIONS * 1_000) / rttMs;
    const result = { ofBound: round2(perSecond / boundPerSecond) };
    rig.say(
      `  carrier, half of ${people} recipients at one carrier: ${CONNECTIONS} connections, 90 % deferred at first, round trip ${rttMs.toFixed(1)} ms, retry delays × ${TIME_SCALE}, ${rig.durability}: ${attempts} attempts in ${seconds.toFixed(1)} s, ${Math.round(perSecond)}/s of ${Math.round(boundPerSecond)} possible, ${stats?.connectionsRefused} connections refused: ${result.ofBound} of the bound`,
    );
    return result;
  } finally {
    await worker.stop(30_000);
    await receiver.stop();
  }
}
