/**
 * What the timer of every worker asks: which campaigns are to start, which audience cuts were left, which are over.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/**
 * Marks scheduled campaigns whose start passed more than `graceMs` ago: nobody was there to start them, and the hour may be a wrong
 * one by now. They start when a person says so (startMissedCampaign). Tests are started however late.
 */
export async function markMissedStarts(scope: WorkerScope, graceMs: number): Promise<string[]> {
  const { rows } = await scope.query<{ id: string }>(
    `update campaign set start_missed_at = now(), updated_at = now()
      where state = 'scheduled' and kind = 'regular' and start_missed_at is null
        and start_at < now() - $1::float8 * interval '1 millisecond'
      returning id`,
    [graceMs],
  );
  return rows.map((row) => row.id);
}

/** Scheduled campaigns whose time has come, and launches that stopped before the end. Tenants must be active. */
export async function readLaunchable(scope: WorkerScope): Promise<string[]> {
  const { rows } = await scope.query<{ id: string }>(
    `select c.id from campaign c join tenant t on t.id = c.tenant_id
      where t.status = 'active' and ((c.state = 'scheduled' and c.start_at <= now() and c.start_missed_at is null)
         or (c.state in ('launching', 'running', 'paused') and c.total is null))
      order by c.start_at limit 100`,
  );
  return rows.map((row) => row.id);
}

/**
 * Ends campaigns whose lanes have nothing left or whose expiry has passed: running → finished, and gives cancelled ones their
 * end. What waits beyond the expiry has expired: no lane is handed out for it any more. Otherwise, where a row still waits or is being sent although its lanes said done, the lanes are made due again: a count decides, not a belief.
 */
export async function finishCampaigns(scope: WorkerScope): Promise<string[]> {
  const { rows } = await scope.query<{ id: string; tenantId: string }>(
    `select c.id, c.tenant_id as "tenantId" from campaign c
      where c.finished_at is null and c.launched_at is not null
        and ((c.state = 'running' and c.total is not null
              and (c.expires_at <= now() or not exists (
                select from campaign_lane cl where cl.tenant_id = c.tenant_id and cl.campaign_id = c.id and cl.done_at is null)))
             or c.state = 'cancelled')
      limit 50`,
  );
  const finished: string[] = [];
  for (const campaign of rows) if (await finishOne(scope, campaign)) finished.push(campaign.id);
  return finished;
}

async function finishOne(
  scope: WorkerScope,
  { id, tenantId }: { id: string; tenantId: string },
): Promise<boolean> {
  return scope.transaction(async (client) => {
    const { rows } = await client.query<{ state: string; hasExpired: boolean }>(
      `select state, coalesce(expires_at <= now(), false) as "hasExpired" from campaign where tenant_id = $1 and id = $2 and finished_at is null and state in ('running', 'cancelled') for update`,
      [tenantId, id],
    );
    const campaign = rows[0];
    if (!campaign) return false;
    // A row that was being sent when its campaign was cancelled, or expired, may have come back deferred.
    const isCancelled = campaign.state === 'cancelled';
    if (isCancelled || campaign.hasExpired) {
      await client.query(
        `update delivery set state = $3::delivery_state, state_at = now(), category = $4
          where tenant_id = $1 and campaign_id = $2 and state = 'waiting'`,
        [
          tenantId,
          id,
          ...(isCancelled ? ['cancelled', 'campaign-cancelled'] : ['expired', 'expired']),
        ],
      );
    }
    const left = await client.query<{ laneIds: string[] | null }>(
      `select array_agg(distinct lane_id) as "laneIds" from delivery
        where tenant_id = $1 and campaign_id = $2 and state in ('waiting', 'sending')`,
      [tenantId, id],
    );
    const laneIds = left.rows[0]?.laneIds;
    if (laneIds && laneIds.length > 0) {
      if (!isCancelled && !campaign.hasExpired) {
        await client.query(
          `update campaign_lane set done_at = null, next_due_at = now()
            where tenant_id = $1 and campaign_id = $2 and lane_id = any($3::bigint[])`,
          [tenantId, id, laneIds],
        );
        await client.query(
          'update campaign set rescan_epoch = rescan_epoch + 1 where tenant_id = $1 and id = $2',
          [tenantId, id],
        );
      }
      return false;
    }
    await client.query(
      `update campaign set finished_at = now(), updated_at = now(), state = case when state = 'running' then 'finished' else state end
        where tenant_id = $1 and id = $2`,
      [tenantId, id],
    );
    return true;
  });
}
