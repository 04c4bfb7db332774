/** The timer's turn and the small lists of what it hands out besides lanes and campaigns. */
import type { WorkerScope } from '../scope/worker-scope.ts';

const TIMER_LOCK = 72_707_370;

/**
 * Runs `act` if no other worker is at it; returns false otherwise. The server ends the transaction that holds the lock
 * when its owner says nothing for 15 s: a worker that was stopped must not stop everybody's timer.
 */
export async function tryTimerLock(scope: WorkerScope, act: () => Promise<void>): Promise<boolean> {
  return scope.transaction(async (client) => {
    await client.raw.query("set local idle_in_transaction_session_timeout = '15s'");
    const { rows } = await client.query<{ isMine: boolean }>(
      'select pg_try_advisory_xact_lock($1) as "isMine"',
      [TIMER_LOCK],
    );
    if (!rows[0]?.isMine) return false;
    await act();
    return true;
  });
}

/** Imports that are to run, or that a worker began and may have left. */
export async function readPendingImports(scope: WorkerScope): Promise<string[]> {
  const { rows } = await scope.query<{ id: string }>(
    `select i.id from list_import i join tenant t on t.id = i.tenant_id
      where i.state in ('queued', 'running') and t.status = 'active' order by i.created_at limit 100`,
  );
  return rows.map((row) => row.id);
}

/** Lists that were deleted and still have rows. */
export async function readDeletedLists(
  scope: WorkerScope,
): Promise<{ tenantId: string; listId: string }[]> {
  const { rows } = await scope.query<{ tenantId: string; listId: string }>(
    `select l.tenant_id as "tenantId", l.id as "listId" from list l
      where l.deleted_at is not null
        and exists (select from recipient r where r.tenant_id = l.tenant_id and r.list_id = l.id) limit 20`,
  );
  return rows;
}

/**
 * Uploads that nobody finished: the dashboard ended in the middle, or the columns were never chosen. Their pieces go.
 * Returns how many were cancelled.
 */
export async function cancelAbandonedUploads(scope: WorkerScope): Promise<number> {
  const { rowCount } = await scope.query(
    `with gone as (
       update list_import set state = 'cancelled', finished_at = now()
        where (state = 'uploading' and created_at < now() - interval '1 day')
           or (state = 'mapping' and created_at < now() - interval '7 days')
       returning tenant_id, id
     ), pieces as (
       delete from import_chunk c using gone where c.tenant_id = gone.tenant_id and c.import_id = gone.id
     )
     select 1 from gone`,
  );
  return rowCount;
}
