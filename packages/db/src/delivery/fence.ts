/**
 * The fence, `waiting → sending`: the point of no return before the bytes that end a message. No database, no dot.
 * Invariant: none commits after a pause, cancel, suspension, unsubscribe, stop or a newer lane epoch has committed. The rows of
 * lane, campaign, tenant and installation (what staff stopped) are locked FOR SHARE, and an unsubscribe takes the delivery's own.
 */
import { plainArray } from '../scope/array-literal.ts';
import type { WorkerScope } from '../scope/worker-scope.ts';

/** What is asked for one recipient. */
export interface FenceRequest {
  tenantId: string;
  campaignId: string;
  id: string;
  laneId: string;
  epoch: number;
}

/**
 * The ids that may go, each with the moment of its fence (epoch ms), by which its outcome is known to be this fence's. One
 * statement for all sessions that wait.
 */
export async function fenceDeliveries(
  scope: WorkerScope,
  owner: string,
  requests: readonly FenceRequest[],
): Promise<Map<string, number>> {
  const { rows } = await scope.query<{ id: string; fencedAtMs: number }>(
    `with held as materialized (
       select id, epoch, site from lane where id = any($6::bigint[]) and owner = $5 and lease_until > now() for share
     ), running as materialized (
       select id from campaign where tenant_id = any($7::uuid[]) and id = any($8::uuid[]) and state = 'running'
          and (expires_at is null or expires_at > now()) for share
     ), active as materialized (
       select id from tenant where id = any($7::uuid[]) and status = 'active' for share
     ), switches as materialized (
       select stopped from installation for share
     )
     update delivery d set state = 'sending', epoch = w.epoch, state_at = now()
       from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::int[]) as w(tenant_id, id, lane_id, epoch)
      where d.tenant_id = w.tenant_id and d.id = w.id and d.lane_id = w.lane_id and d.state = 'waiting'
        and exists (select from held, switches s where held.id = w.lane_id and held.epoch = w.epoch
                      and (s.stopped = '{}' or not s.stopped && array['everything:', 'lane:' || held.id, 'tenant:' || d.tenant_id,
                                                                      'destination:' || d.domain, 'destination:' || held.site]))
        and d.campaign_id in (select id from running) and d.tenant_id in (select id from active)
        and not exists (select from suppression s
                         where s.tenant_id = d.tenant_id and s.email_key = d.email_key and s.released_at is null)
     returning d.id, (extract(epoch from d.state_at) * 1000)::float8 as "fencedAtMs"`,
    [
      plainArray(requests.map((r) => r.tenantId)),
      plainArray(requests.map((r) => r.id)),
      plainArray(requests.map((r) => r.laneId)),
      plainArray(requests.map((r) => r.epoch)),
      owner,
      distinct(requests.map((r) => r.laneId)),
      distinct(requests.map((r) => r.tenantId)),
      distinct(requests.map((r) => r.campaignId)),
    ],
  );
  return new Map(rows.map((row) => [row.id, row.fencedAtMs]));
}

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

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}
