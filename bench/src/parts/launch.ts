/**
 * Launching 1,000,000 recipients over 50 domains at 5 sites, while delivery begins (to a receiver 100 ms away, at a
 * pace that leaves the machine to the launch): how fast the audience is cut, and when the first message is accepted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelCampaign } from '@hikyaku/db';
import { compareWithLog } from '../campaign-run.ts';
import { HTML, SUBJECT, TEXT } from '../content.ts';
import { JournalTail } from '../journal-tail.ts';
import { makeList } from '../people.ts';
import { type Rig, receiverOf } from '../rig.ts';

const SITES = 5;
const LATENCY_MS = 100;
const TIMEOUT_MS = 600_000;

export interface Launch {
  perSecond: number;
  /** From asking for the launch to the first message in the log; not part of the line. */
  firstMessageMs: number;
}

export async function launch(rig: Rig): Promise<Launch> {
  const people = rig.scaled(1_000_000);
  const domainsOf = (site: number) =>
    Array.from({ length: 10 }, (_, i) => `d${i}.s${site}.example`);
  const sites = Array.from({ length: SITES }, (_, site) => ({
    name: `site${site}`,
    domains: domainsOf(site),
    manners: { latencyMs: LATENCY_MS },
  }));
  const receiver = await receiverOf(sites);
  const worker = await rig.startWorker(receiver.routes);
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const domains = sites.flatMap((site) => site.domains);
    const listId = await makeList(rig, tenantId, people, { domains });
    const journal = new JournalTail(receiver.journalPath);
    const askedAtMs = Date.now();
    const content = { subject: SUBJECT, html: HTML, text: TEXT };
    const campaignId = await rig.scenario.campaign({ tenantId, listId, content });
    const seconds = await untilCut(rig, campaignId, askedAtMs);
    await rig.asTenant(tenantId, (scope) => cancelCampaign(scope, { campaignId }));
    await untilFinished(rig, campaignId);
    const [log] = await rig.scenario.query<{ accepted: number; first: number; total: number }>(
      `select count(*)::int as accepted, (extract(epoch from min(e.at)) * 1000)::float8 as first, max(c.total) as total
         from delivery d join campaign c on c.id = d.campaign_id
         join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id
        where d.campaign_id = $1 and e.disposition = 'accepted'`,
      [campaignId],
    );
    if (log?.total !== people) throw new Error(`${log?.total} of ${people} were launched.`);
    await compareWithLog(rig, campaignId, await journal.read(people), log.accepted);
    const firstMessageMs = Math.round(log.first - askedAtMs);
    rig.say(
      `  launch of ${people} recipients, ${domains.length} domains at ${SITES} sites, ${LATENCY_MS} ms away, ${rig.durability}: ${seconds.toFixed(1)} s, ${Math.round(people / seconds)}/s; first message after ${firstMessageMs} ms; ${log.accepted} were accepted meanwhile; then cancelled`,
    );
    return { perSecond: Math.round(people / seconds), firstMessageMs };
  } finally {
    await worker.stop(30_000);
    await receiver.stop();
  }
}

async function untilCut(rig: Rig, campaignId: string, askedAtMs: number): Promise<number> {
  const query = 'select total is not null as "isCut" from campaign where id = $1';
  while (Date.now() - askedAtMs < TIMEOUT_MS) {
    const [row] = await rig.scenario.query<{ isCut: boolean }>(query, [campaignId]);
    if (row?.isCut) return (Date.now() - askedAtMs) / 1_000;
    await sleep(100);
  }
  throw new Error(`The audience was not cut within ${TIMEOUT_MS / 1_000} s.`);
}

/** Cancelled, and nothing is on the wire any more. */
async function untilFinished(rig: Rig, campaignId: string): Promise<void> {
  const query = `select c.finished_at is not null and not exists (
      select from delivery where campaign_id = c.id and state in ('waiting', 'sending')) as "isOver"
    from campaign c where id = $1`;
  for (const startedMs = performance.now(); performance.now() - startedMs < TIMEOUT_MS; ) {
    const [row] = await rig.scenario.query<{ isOver: boolean }>(query, [campaignId]);
    if (row?.isOver) return;
    await sleep(500);
  }
  throw new Error('The cancelled campaign has not ended.');
}
