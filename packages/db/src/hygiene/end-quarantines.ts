/** Quarantined deliveries that ended without a further attempt: expired, cancelled, or ended as a block. */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** How many. */
export async function endQuarantines(scope: WorkerScope): Promise<number> {
  const { rowCount } = await scope.query(
    `update quarantine q set state = case when d.state = 'bounced' then 'bounced' else 'released' end::quarantine_state, decided_at = d.state_at
       from delivery d
      where q.state = 'held' and d.tenant_id = q.tenant_id and d.id = q.delivery_id and d.state in ('bounced', 'expired', 'cancelled', 'unknown')`,
  );
  return rowCount;
}
