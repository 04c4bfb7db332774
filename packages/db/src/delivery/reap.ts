/**
 * What a new owner of a lane does first: rows that an earlier owner fenced and never settled are `unknown`, each with its
 * log row. They are listed for the customer and never sent again by themselves.
 */
import type { LaneLease } from '../lane/lane-lease.ts';
import type { WorkerScope } from '../scope/worker-scope.ts';

/** How many were found. `source` is the lane's: what the lost owner knew of host and session went with it. */
export async function reapLostDeliveries(scope: WorkerScope, lease: LaneLease): Promise<number> {
  const { rowCount } = await scope.query(
    `with lost as (
       update delivery d set state = 'unknown', state_at = now(), attempts = d.attempts + 1, category = 'unknown'
         from campaign_lane cl
         join campaign c on c.tenant_id = cl.tenant_id and c.id = cl.campaign_id
        where cl.lane_id = $1 and c.finished_at is null and c.launched_at is not null
          and d.campaign_id = cl.campaign_id and d.lane_id = $1 and d.state = 'sending' and d.epoch < $2
       returning d.tenant_id, d.id, d.campaign_id, d.lane_id, d.attempts, d.epoch, c.mode
     )
     insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
       session, transaction, mode, phase, text, category, disposition, size_bytes)
     select tenant_id, id, attempts, now(), campaign_id, lane_id, epoch, $3, '', '', '', 0, mode, 'CRASH',
            'The worker ended between the fence and the outcome.', 'unknown', 'unknown', 0
     from lost`,
    [lease.laneId, lease.epoch, lease.source],
  );
  return rowCount;
}
