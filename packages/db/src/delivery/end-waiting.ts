/** Ends waiting rows that will not be sent: expired, or cancelled with the reason. Only ever from `waiting`. */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** How many ended; rows that are no longer waiting are left alone. */
export async function endWaiting(
  scope: WorkerScope,
  end: {
    tenantId: string;
    ids: readonly string[];
    state: 'expired' | 'cancelled';
    category: string;
  },
): Promise<number> {
  const { rowCount } = await scope.query(
    `update delivery set state = $3::delivery_state, state_at = now(), category = $4
      where tenant_id = $1 and id = any($2::bigint[]) and state = 'waiting'`,
    [end.tenantId, end.ids, end.state, end.category],
  );
  return rowCount;
}
