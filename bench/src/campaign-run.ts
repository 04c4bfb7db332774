/**
 * One campaign from its launch to its end, and its figures from the log of record. Invariant: journal = log, person by
 * person, or it throws and there is no figure.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignOptions } from '@hikyaku/testkit/scenario';
import { HTML, SUBJECT, TEXT } from './content.ts';
import type { Accepted, JournalTail } from './journal-tail.ts';
import { NUMBER_SQL } from './people.ts';
import { costOf, processorSeconds } from './processor-time.ts';
import type { Rig } from './rig.ts';

export interface CampaignRun {
  campaignId: string;
  accepted: number;
  attempts: number;
  /** From the launch (or from letting go, with `isCutFirst`) to the last acceptance. */
  seconds: number;
  /** Recipients accepted and in the log, per second of `seconds`. */
  perSecond: number;
  /** The same between the first and the last acceptance, without the start: what sizes are compared by. */
  steadyPerSecond: number;
  /** Octets of a message, on average. */
  sizeBytes: number;
  /** From the envelope to the statement that settles it, in ms: p50/p95/p99. */
  percentiles: string;
  /** Processor time per accepted recipient, by process. */
  cost: string;
}

export interface RunOptions
  extends Pick<CampaignOptions, 'tenantId' | 'listId' | 'mode' | 'content'> {
  journal: JournalTail;
  people: number;
  /** Whose processor time is counted, besides that of Postgres. */
  pids?: Readonly<Record<string, number>>;
  timeoutMs?: number;
  /** Delivery waits for the whole audience, and is timed without its launch: for what a launch has no part in. */
  isCutFirst?: boolean;
}

const CONTENT = { subject: SUBJECT, html: HTML, text: TEXT };
const LOOK_MS = 200;
const SAY_MS = 15_000;

export async function runCampaign(rig: Rig, options: RunOptions): Promise<CampaignRun> {
  const { journal, people, pids, isCutFirst, timeoutMs = 900_000, ...campaign } = options;
  const watched = { ...pids, Postgres: rig.postgresPid };
  await journal.skip();
  if (isCutFirst) await hold(rig);
  let before = processorSeconds(watched);
  const campaignId = await rig.scenario.campaign({ content: CONTENT, ...campaign });
  let beganAt: string | null = null;
  if (isCutFirst) {
    await until(rig, campaignId, 'total is not null', timeoutMs);
    before = processorSeconds(watched);
    beganAt = await letGo(rig);
  }
  await until(rig, campaignId, `state = 'finished'`, timeoutMs);
  const after = processorSeconds(watched);
  const log = await logOf(rig, campaignId, beganAt);
  await compareWithLog(rig, campaignId, await journal.read(people), log.accepted);
  const { launchSeconds, steadySeconds, ...figures } = log;
  return {
    campaignId,
    ...figures,
    seconds: launchSeconds,
    perSecond: log.accepted / launchSeconds,
    steadyPerSecond: log.accepted / steadySeconds,
    cost: `processor time a recipient in µs: ${costOf(before, after, log.accepted)}`,
  };
}

/** Throws unless each person has as many acceptances in the log as copies in the journal, and none has two. */
export async function compareWithLog(
  rig: Rig,
  campaignId: string,
  journal: Accepted,
  accepted: number,
): Promise<void> {
  const [log] = await rig.scenario.query<{ people: number[] | null }>(
    `select array_agg(${NUMBER_SQL}) as people from ${LOG} and e.disposition = 'accepted'`,
    [campaignId],
  );
  const people = log?.people ?? [];
  const copies = new Uint8Array(journal.copies.length);
  for (const number of people) copies[number] = (copies[number] ?? 0) + 1;
  const differing = copies.findIndex((count, number) => count !== journal.copies[number]);
  const isTwice = copies.some((count) => count > 1);
  if (people.length !== accepted || journal.count !== accepted || differing >= 0 || isTwice)
    throw new Error(
      `The log (${people.length}) and the journal (${journal.count}) differ${differing >= 0 ? `, first at person ${differing}` : ''}: this speed does not count.`,
    );
}

/** As staff do: what is launched meanwhile waits. */
async function hold(rig: Rig): Promise<void> {
  await rig.scenario.query(
    `insert into stop_switch (scope, key, reason) values ('everything', '', 'the benchmark cuts the audience first')`,
  );
}

/** When, by the database. */
async function letGo(rig: Rig): Promise<string> {
  await rig.scenario.query('update campaign_lane set next_due_at = now() where done_at is null');
  const [row] = await rig.scenario.query<{ at: string }>(
    'with gone as (delete from stop_switch returning 1) select clock_timestamp()::text as at from gone',
  );
  await rig.scenario.query(`select pg_notify('hikyaku_due', '')`);
  return row?.at as string;
}

/** Asks for the campaign's row alone: counting its deliveries again and again would slow down what is measured. */
async function until(
  rig: Rig,
  campaignId: string,
  condition: string,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let sayAtMs = performance.now() + SAY_MS;
  for (;;) {
    const [row] = await rig.scenario.query<{ isSo: boolean; state: string }>(
      `select ${condition} as "isSo", state from campaign where id = $1`,
      [campaignId],
    );
    if (row?.isSo) return;
    const nowMs = performance.now();
    if (nowMs > deadline)
      throw new Error(`The campaign is ${row?.state} after ${timeoutMs / 1_000} s.`);
    if (nowMs > sayAtMs) {
      sayAtMs = nowMs + SAY_MS;
      rig.say(`  … ${await settledOf(rig, campaignId)}`);
    }
    await sleep(LOOK_MS);
  }
}

async function settledOf(rig: Rig, campaignId: string): Promise<string> {
  const [row] = await rig.scenario.query<{ done: number; all: number }>(
    `select count(*) filter (where state not in ('waiting', 'sending'))::int as done, count(*)::int as all
       from delivery where campaign_id = $1`,
    [campaignId],
  );
  return `${row?.done} of ${row?.all}`;
}

/** The log of a campaign by way of its deliveries: it has no index by campaign. */
const LOG = `delivery d
  join campaign c on c.tenant_id = d.tenant_id and c.id = d.campaign_id
  join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id and e.at >= c.launched_at
 where d.campaign_id = $1`;

/** A reply comes before it is settled: where the two clocks say otherwise, they are moved until they agree. */
async function logOf(rig: Rig, campaignId: string, beganAt: string | null) {
  const [row] = await rig.scenario.query<{
    accepted: number;
    attempts: number;
    launchSeconds: number;
    steadySeconds: number;
    sizeBytes: number;
    percentiles: number[];
  }>(
    `select count(*) filter (where is_accepted)::int as accepted, count(*)::int as attempts,
            extract(epoch from max(at) filter (where is_accepted) - coalesce($2::timestamptz, max(launched_at)))::float8 as "launchSeconds",
            extract(epoch from max(at) filter (where is_accepted) - min(at) filter (where is_accepted))::float8 as "steadySeconds",
            coalesce(avg(size_bytes) filter (where is_accepted), 0)::int as "sizeBytes",
            percentile_cont(array[0.5, 0.95, 0.99]) within group (order by took_ms) filter (where is_accepted) as percentiles
       from (select *, envelope_to_reply_ms + reply_to_settle_ms - least(0, min(reply_to_settle_ms) over ()) as took_ms from (
               select e.at, c.launched_at, e.size_bytes, e.disposition = 'accepted' as is_accepted,
                      coalesce(e.envelope_ms, 0) + coalesce(e.dot_ms, 0) as envelope_to_reply_ms,
                      extract(epoch from d.state_at - e.at)::float8 * 1000 as reply_to_settle_ms
                 from ${LOG}) as timed) as log`,
    [campaignId, beganAt],
  );
  if (!row || row.accepted === 0)
    throw new Error('Nothing was accepted: this speed does not count.');
  const percentiles = row.percentiles.map((ms) => Math.round(ms)).join('/');
  return { ...row, percentiles: `p50/p95/p99 ${percentiles} ms from envelope to settle` };
}
