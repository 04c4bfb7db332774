/** Begins an upload: uploading → mapping → queued → running (by a worker) → finished. */
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface CreateImportInput {
  kind: 'recipients' | 'suppressions';
  /** Required for recipients; null for a suppression list. */
  listId: string | null;
  filename: string;
}

/** Throws DbError NOT_FOUND (no such list, or deleted), INVALID_INPUT (`list`), INVALID_ID. */
export async function createImport(
  scope: TenantScope,
  input: CreateImportInput,
): Promise<{ importId: string }> {
  if ((input.kind === 'recipients') !== (input.listId !== null)) {
    const message = 'Recipients go into a list, and suppressions into none.';
    throw new DbError('INVALID_INPUT', message, { reason: 'list' });
  }
  const listId = input.listId === null ? null : requireUuid(input.listId, 'The list id');
  if (listId !== null) {
    const lists = await scope.sql`
      select 1 as one from list
       where tenant_id = ${scope.tenantId}::uuid and id = ${listId}::uuid and deleted_at is null for share`;
    if (!lists[0]) throw new DbError('NOT_FOUND', 'There is no such list.');
  }
  const rows = await scope.sql<{ id: string }>`
    insert into list_import (tenant_id, list_id, kind, filename, created_by)
    values (${scope.tenantId}::uuid, ${listId}::uuid, ${input.kind}::import_kind, ${input.filename.slice(0, 255)},
            ${scope.actorId}::uuid)
    returning id`;
  return { importId: (rows[0] as { id: string }).id };
}
