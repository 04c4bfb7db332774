/** Removes the rows of a list that was marked as deleted, in pieces, so that no lock lasts. */
import type { Context } from '../context.ts';

export async function deleteList(
  { scope, logger, stopping }: Context,
  { tenantId, listId }: { tenantId: string; listId: string },
): Promise<void> {
  let removed = 0;
  while (!stopping.aborted) {
    const { rowCount } = await scope.query(
      `delete from recipient where tenant_id = $1 and id in (
         select r.id from recipient r join list l on l.tenant_id = r.tenant_id and l.id = r.list_id
          where r.tenant_id = $1 and r.list_id = $2 and l.deleted_at is not null limit 5000)`,
      [tenantId, listId],
    );
    removed += rowCount;
    if (rowCount === 0) break;
  }
  if (removed > 0) logger.info({ list: listId, removed }, 'list deleted');
}
