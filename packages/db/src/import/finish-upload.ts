/** All pieces are there: uploading → mapping. */
import { DbError } from '../scope/db-error.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockImport } from './lock-import.ts';

/** Throws DbError NOT_FOUND; CONFLICT (`import_state`); INVALID_INPUT (`file_empty`, `chunk_missing`). */
export async function finishUpload(
  scope: TenantScope,
  input: { importId: string },
): Promise<{ sizeBytes: number }> {
  const { id } = await lockImport(scope, input.importId, ['uploading']);
  const rows = await scope.sql<{ count: number; last: number | null; sizeBytes: number }>`
    select count(*)::int as count, max(c.seq) as last, coalesce(sum(octet_length(c.data)), 0)::float8 as "sizeBytes"
      from import_chunk c where c.tenant_id = ${scope.tenantId}::uuid and c.import_id = ${id}::uuid`;
  const { count, last, sizeBytes } = rows[0] as (typeof rows)[0];
  if (last === null) {
    throw new DbError('INVALID_INPUT', 'The file is empty.', { reason: 'file_empty' });
  }
  if (count !== last + 1) {
    const message = 'A piece of the upload is missing. Upload the file again.';
    throw new DbError('INVALID_INPUT', message, { reason: 'chunk_missing' });
  }
  await scope.sql`
    update list_import set state = 'mapping', size_bytes = ${sizeBytes}::bigint
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
  return { sizeBytes };
}
