/** Ends waiting rows that will not be sent: expired, or cancelled with the reason. Only ever from `waiting`. */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** How many ended; rows that are no longer waiting are left alone. */
export async function endWaiting(
  scope: WorkerScope,
  end: {
    tenantId: string;
    ids: readonly string[];
    state: 'expired' | 'cancelled' | 'bounced';
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

/**
 * Cancels a waiting row whose person is suppressed: one that was being sent when they were, and came back deferred. True
 * when it was.
 */
export async function endIfSuppressed(
  scope: WorkerScope,
  row: { tenantId: string; id: string },
): Promise<boolean> {
  const { rowCount } = await scope.query(
    `update delivery d set state = 'cancelled', state_at = now(), category = 'suppressed:' || s.reason
       from suppression s
      where d.tenant_id = $1 and d.id = $2 and d.state = 'waiting'
        and s.tenant_id = d.tenant_id and s.email_key = d.email_key and s.released_at is null`,
    [row.tenantId, row.id],
  );
  return rowCount > 0;
}
