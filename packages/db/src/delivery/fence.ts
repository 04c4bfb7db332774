/**
 * The fence, `waiting → sending`: the point of no return before the bytes that end a message. No database, no dot.
 * Invariant: none commits after a pause, cancel, suspension, unsubscribe, stop or a newer lane epoch has committed. The rows of
 * lane, campaign, tenant and installation (what staff stopped) are locked FOR SHARE, and an unsubscribe takes the delivery's own.
 */
import { plainArray } from '../scope/array-literal.ts';
import { distinct } from '../scope/distinct.ts';
import type { WorkerScope } from '../scope/worker-scope.ts';

/** What is asked for one recipient. */
export interface FenceRequest {
  tenantId: string;
  campaignId: string;
  id: string;
  laneId: string;
  epoch: number;
}

/** `ids` may go. `atMs`: the moment of their fence (epoch ms), by which an outcome is known to be this fence's. */
export interface Fenced {
  ids: readonly string[];
  atMs: number;
}

/**
 * One statement for all sessions that wait; what binds all rows of a campaign in a lane is looked at once for them. The answer is
 * one row, however many were fenced: a row of its own for each costs the worker as much as composing a line of the message.
 */
export async function fenceDeliveries(
  scope: WorkerScope,
  owner: string,
  requests: readonly FenceRequest[],
): Promise<Fenced> {
  const { kinds, nths } = distinct(requests, isOfOneLane);
  const { rows } = await scope.query<{ ids: string | null; atMs: number | null }>(FENCE, [
    owner,
    plainArray(requests.map((r) => r.id)),
    plainArray(nths),
    plainArray(kinds.map((r) => r.tenantId)),
    plainArray(kinds.map((r) => r.campaignId)),
    plainArray(kinds.map((r) => r.laneId)),
    plainArray(kinds.map((r) => r.epoch)),
  ]);
  return { ids: rows[0]?.ids?.split(',') ?? [], atMs: rows[0]?.atMs ?? 0 };
}

function isOfOneLane(one: FenceRequest, other: FenceRequest): boolean {
  const isOneCampaign = one.campaignId === other.campaignId && one.tenantId === other.tenantId;
  return isOneCampaign && one.laneId === other.laneId && one.epoch === other.epoch;
}

/** `installation` is asked by its key: what can be read only whole would spoil the plan where reading tables whole is off. */
const FENCE = `with held as materialized (
  select id, epoch, site from lane where id = any($6::bigint[]) and owner = $1 and lease_until > now() for share
), running as materialized (
  select id from campaign where tenant_id = any($4::uuid[]) and id = any($5::uuid[]) and state = 'running'
     and (expires_at is null or expires_at > now()) for share
), active as materialized (
  select id from tenant where id = any($4::uuid[]) and status = 'active' for share
), switches as materialized (
  select stopped from installation where id = 1 for share
), open as materialized (
  select a.tenant_id, a.campaign_id, a.lane_id, a.epoch, a.nth, held.site, switches.stopped
    from unnest($4::uuid[], $5::uuid[], $6::bigint[], $7::int[]) with ordinality as a(tenant_id, campaign_id, lane_id, epoch, nth)
    join held on held.id = a.lane_id and held.epoch = a.epoch cross join switches
   where a.campaign_id in (select id from running) and a.tenant_id in (select id from active)
), fenced as (
  update delivery d set state = 'sending', epoch = o.epoch, state_at = now()
    from unnest($2::bigint[]) with ordinality as asked(id, n) join open o on o.nth = ($3::int[])[asked.n]
   where d.tenant_id = o.tenant_id and d.id = asked.id and d.campaign_id = o.campaign_id and d.lane_id = o.lane_id and d.state = 'waiting'
     and (o.stopped = '{}' or not o.stopped && array['everything:', 'lane:' || o.lane_id, 'tenant:' || o.tenant_id,
                                                     'destination:' || d.domain, 'destination:' || o.site])
     and not exists (select from suppression s
                      where s.tenant_id = d.tenant_id and s.email_key = d.email_key and s.released_at is null)
  returning d.id, d.state_at
)
select string_agg(id::text, ',') as ids, (extract(epoch from min(state_at)) * 1000)::float8 as "atMs" from fenced`;

/** A row that was fenced here and certainly not sent. `fencedAtMs`: null where the fence's own answer was lost. */
export interface Unfence {
  tenantId: string;
  id: string;
  epoch: number;
  fencedAtMs: number | null;
}

/**
 * `sending → waiting`; no attempt is counted. Bound to the moment of the fence: a statement that was given up for lost, and
 * commits behind the next fence of the same row, must not open it again.
 */
export async function unfenceDeliveries(
  scope: WorkerScope,
  rows: readonly Unfence[],
): Promise<void> {
  await scope.query(
    `update delivery d set state = 'waiting', state_at = now()
       from unnest($1::uuid[], $2::bigint[], $3::int[], $4::float8[]) as w(tenant_id, id, epoch, fenced_ms)
      where d.tenant_id = w.tenant_id and d.id = w.id and d.epoch = w.epoch and d.state = 'sending'
        and (w.fenced_ms is null or d.state_at = to_timestamp(w.fenced_ms / 1000))`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.epoch),
      rows.map((row) => row.fencedAtMs),
    ],
  );
}
