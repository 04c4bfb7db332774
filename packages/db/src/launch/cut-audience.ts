/**
 * The audience cut: one snapshot per campaign however often the job runs. Chunks by recipient id, each in a transaction
 * that moves the campaign's cursor with the rows it inserts, so that a restart goes on where it was. Invariants: one cut of a
 * campaign at a time; no row is left waiting in a campaign that was cancelled meanwhile.
 */
import type { WorkerClient, WorkerScope } from '../scope/worker-scope.ts';

export interface LaunchCampaign {
  tenantId: string;
  campaignId: string;
  kind: 'regular' | 'test';
  listId: string | null;
  testEmail: string | null;
  testFields: Record<string, string> | null;
  isCut: boolean;
  createdBy: string | null;
  /** Of the tenant: which of the installation's pools of sources. */
  sourcePool: string;
}

/** `scheduled → launching` when its time has come, or the same campaign again when an earlier run was cut short. */
export async function beginLaunch(
  scope: WorkerScope,
  campaignId: string,
): Promise<LaunchCampaign | undefined> {
  await scope.query(
    `update campaign set state = 'launching', launched_at = now(), updated_at = now()
      where id = $1 and state = 'scheduled' and start_at <= now() and start_missed_at is null`,
    [campaignId],
  );
  const { rows } = await scope.query<LaunchCampaign>(
    `select tenant_id as "tenantId", id as "campaignId", kind, list_id as "listId", test_email as "testEmail",
            test_fields as "testFields", total is not null as "isCut", created_by as "createdBy",
            (select source_pool from tenant t where t.id = tenant_id) as "sourcePool"
       from campaign where id = $1 and state in ('launching', 'running', 'paused')`,
    [campaignId],
  );
  return rows[0];
}

/** How many recipients of the list each domain has: what lanes are planned from. */
export async function countDomains(
  scope: WorkerScope,
  list: { tenantId: string; listId: string },
): Promise<{ domain: string; count: number }[]> {
  const { rows } = await scope.query<{ domain: string; count: number }>(
    `select domain, count(*)::int as count from recipient where tenant_id = $1 and list_id = $2 group by domain`,
    [list.tenantId, list.listId],
  );
  return rows;
}

/** Lane ids by `site` and `source`, made where they are new. Same order as asked. */
export async function ensureLanes(
  scope: WorkerScope,
  lanes: readonly { site: string; source: string }[],
): Promise<string[]> {
  const sites = lanes.map((lane) => lane.site);
  const sources = lanes.map((lane) => lane.source);
  await scope.query(
    `insert into lane (site, source) select distinct w.site, w.source from unnest($1::text[], $2::text[]) as w(site, source)
      where not exists (select from lane l where l.site = w.site and l.source = w.source)
     on conflict do nothing`,
    [sites, sources],
  );
  const { rows } = await scope.query<{ id: string }>(
    `select l.id from unnest($1::text[], $2::text[]) with ordinality as w(site, source, n)
       join lane l on l.site = w.site and l.source = w.source order by w.n`,
    [sites, sources],
  );
  return rows.map((row) => row.id);
}

export interface CutProgress {
  inserted: number;
  isDone: boolean;
}

/**
 * One chunk. `lanes` says the lanes of each domain, one per source, over which its people are spread; a domain that the
 * plan does not know (its people came later) goes to `otherLaneId`. Suppressed people are left out and counted by reason. The last chunk fixes `total`.
 */
export async function cutChunk(scope: WorkerScope, cut: ChunkOptions): Promise<CutProgress> {
  try {
    return await scope.transaction((client) => cutLocked(client, cut));
  } catch (error) {
    if (error instanceof CampaignOver) return { inserted: 0, isDone: true };
    throw error;
  }
}

/** The rows first, and the campaign's own row only then: a fence of this campaign waits for its lock, and inserting takes long. */
async function cutLocked(client: WorkerClient, cut: ChunkOptions): Promise<CutProgress> {
  const campaign = await readCut(client, cut.campaignId);
  if (!campaign || campaign.isCut) return { inserted: 0, isDone: true };
  await holdSuppressions(client, campaign.tenantId);
  const slots = [...cut.lanes].flatMap(([domain, ids]) =>
    ids.map((laneId, slot) => ({ domain, laneId, slot, of: ids.length })),
  );
  const { rows } = await client.query<ChunkRow>(CHUNK, [
    campaign.tenantId,
    cut.campaignId,
    cut.listId,
    campaign.cursor,
    cut.size,
    slots.map(({ domain }) => domain),
    slots.map(({ laneId }) => laneId),
    slots.map(({ slot }) => slot),
    slots.map(({ of }) => of),
    cut.otherLaneId,
  ]);
  const chunk = rows[0] as ChunkRow;
  if (!(await lockCampaign(client, cut.campaignId))) throw new CampaignOver();
  await markLanes(client, campaign.tenantId, cut.campaignId, chunk.laneIds ?? []);
  const excluded = addCounts(campaign.excluded, chunk.excluded ?? {});
  const isDone = chunk.seen < cut.size;
  await saveProgress(client, cut.campaignId, chunk.last ?? campaign.cursor, excluded, isDone);
  return { inserted: chunk.inserted, isDone };
}

interface ChunkOptions {
  campaignId: string;
  listId: string;
  lanes: ReadonlyMap<string, readonly string[]>;
  otherLaneId: string;
  size: number;
}

/** It was cancelled while its rows were being inserted: they are taken back. */
class CampaignOver extends Error {}

/** A test message: one row, without a list. Where its person is suppressed, the row says so and is not sent. */
export async function cutTest(
  scope: WorkerScope,
  cut: {
    campaignId: string;
    email: string;
    emailKey: string;
    domain: string;
    fields: Record<string, string>;
    laneId: string;
    /** Why it cannot be sent: the row is cancelled with it. */
    refusal: string | null;
  },
): Promise<CutProgress> {
  return scope.transaction(async (client) => {
    const campaign = await readCut(client, cut.campaignId);
    if (!campaign || campaign.isCut || !(await lockCampaign(client, cut.campaignId)))
      return { inserted: 0, isDone: true };
    await holdSuppressions(client, campaign.tenantId);
    const { rowCount } = await client.query(
      `insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, fields, state, category)
       select $1, $2, 0, $3, $4, $5, $6, $7, case when s.reason is null and $8::text is null then 'waiting' else 'cancelled' end::delivery_state,
              coalesce($8, 'suppressed:' || s.reason)
         from (select) as one left join suppression s on s.tenant_id = $1 and s.email_key = $5 and s.released_at is null
       on conflict (tenant_id, campaign_id, recipient_id) do nothing`,
      [
        campaign.tenantId,
        cut.campaignId,
        cut.laneId,
        cut.email,
        cut.emailKey,
        cut.domain,
        cut.fields,
        cut.refusal,
      ],
    );
    await markLanes(client, campaign.tenantId, cut.campaignId, [cut.laneId]);
    await saveProgress(client, cut.campaignId, '0', campaign.excluded, true);
    return { inserted: rowCount, isDone: true };
  });
}

type Counts = Record<string, number>;

interface ChunkRow {
  seen: number;
  last: string | null;
  inserted: number;
  laneIds: string[] | null;
  excluded: Counts | null;
}

/** A recipient twice is an error, not passed over: the cursor moves with the rows, so that it can only be a mistake of ours. */
const CHUNK = `
with seen as materialized (
  select r.id, r.email, r.email_key, r.domain, r.fields, s.reason, coalesce(r.last_accepted_at > now() - interval '30 days', false) as is_known_good,
         coalesce(r.last_accepted_at > now() - interval '10 days', false) as is_lately_good
    from (select * from recipient where tenant_id = $1 and list_id = $3 and id > $4 order by id limit $5) r
    left join suppression s on s.tenant_id = $1 and s.email_key = r.email_key and s.released_at is null
), placed as (
  insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, fields, is_known_good, is_lately_good)
  select $1, $2, seen.id, coalesce(w.lane_id, $10), seen.email, seen.email_key, seen.domain, seen.fields, seen.is_known_good, seen.is_lately_good
    from seen left join unnest($6::text[], $7::bigint[], $8::int[], $9::int[]) as w(domain, lane_id, slot, slots)
      on w.domain = seen.domain and w.slot = seen.id % w.slots
   where seen.reason is null
   order by seen.id
  returning lane_id
)
select (select count(*) from seen)::int as seen, (select max(id) from seen) as last,
       (select count(*) from placed)::int as inserted,
       (select array_agg(distinct lane_id) from placed) as "laneIds",
       (select jsonb_object_agg(reason, n) from (select reason, count(*)::int as n from seen where reason is not null group by reason) e) as excluded`;

/**
 * Whoever suppresses somebody locks the tenant's row first. Shared here, before the suppressions are read, so that nobody
 * is suppressed between the reading and the commit and then waits without an end in rows that no one cancels.
 */
async function holdSuppressions(client: WorkerClient, tenantId: string): Promise<void> {
  await client.query('select 1 from tenant where id = $1 for share', [tenantId]);
}

/** One cut of a campaign at a time, on whatever worker: the next one goes on behind this one's cursor. */
async function readCut(client: WorkerClient, campaignId: string) {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('audience-cut:' || $1, 0))`, [
    campaignId,
  ]);
  const { rows } = await client.query<{
    tenantId: string;
    cursor: string;
    isCut: boolean;
    excluded: { suppressed?: Counts };
  }>(
    `select tenant_id as "tenantId", launch_cursor as cursor, total is not null as "isCut", excluded
       from campaign where id = $1 and ${IS_LIVE}`,
    [campaignId],
  );
  return rows[0];
}

/** False where it is over by now. */
async function lockCampaign(client: WorkerClient, campaignId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from campaign where id = $1 and ${IS_LIVE} for update`,
    [campaignId],
  );
  return rowCount > 0;
}

const IS_LIVE = `state in ('launching', 'running', 'paused')`;

async function markLanes(
  client: WorkerClient,
  tenantId: string,
  campaignId: string,
  laneIds: string[],
) {
  if (laneIds.length === 0) return;
  await client.query(
    `insert into campaign_lane (tenant_id, campaign_id, lane_id) select $1, $2, unnest($3::bigint[])
     on conflict (tenant_id, campaign_id, lane_id) do update set done_at = null, next_due_at = least(campaign_lane.next_due_at, now())`,
    [tenantId, campaignId, laneIds],
  );
}

function addCounts(before: { suppressed?: Counts }, more: Counts): { suppressed: Counts } {
  const suppressed = { ...before.suppressed };
  for (const [reason, n] of Object.entries(more))
    suppressed[reason] = (suppressed[reason] ?? 0) + n;
  return { suppressed };
}

/** With the first chunk the campaign runs: its first message need not wait for the millionth recipient. */
async function saveProgress(
  client: WorkerClient,
  campaignId: string,
  cursor: string,
  excluded: object,
  isDone: boolean,
) {
  await client.query(
    `update campaign set launch_cursor = $2, excluded = $3, updated_at = now(),
            state = case when state = 'launching' then 'running' else state end,
            total = case when $4 then (select count(*)::int from delivery d where d.tenant_id = campaign.tenant_id and d.campaign_id = campaign.id) end
      where id = $1`,
    [campaignId, cursor, JSON.stringify(excluded), isDone],
  );
}
