/** Gives an upload up before a worker has finished it. Rows that were imported already stay. */
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockImport } from './lock-import.ts';

/** Throws DbError NOT_FOUND; CONFLICT (`import_state`) when it is over. */
export async function cancelImport(scope: TenantScope, input: { importId: string }): Promise<void> {
  const { id } = await lockImport(scope, input.importId, [
    'uploading',
    'mapping',
    'queued',
    'running',
  ]);
  await scope.sql`
    update list_import set state = 'cancelled', finished_at = now()
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
  await scope.sql`
    delete from import_chunk where tenant_id = ${scope.tenantId}::uuid and import_id = ${id}::uuid`;
  await notifyDue(scope);
}
