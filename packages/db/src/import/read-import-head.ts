/** The beginning of an upload, from which its encoding, delimiter and columns are guessed and shown. */
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

const PIECES = 64;

/** At most `bytesMax` bytes (default 64 KiB). null when this tenant has no such import. Throws DbError INVALID_ID. */
export async function readImportHead(
  scope: TenantScope,
  input: { importId: string; bytesMax?: number },
): Promise<Uint8Array | null> {
  const id = requireUuid(input.importId, 'The import id');
  const bytesMax = Math.min(Math.max(Math.trunc(input.bytesMax ?? 65_536), 1), 1_048_576);
  const found = await scope.sql`
    select 1 as one from list_import where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
  if (!found[0]) return null;
  const rows = await scope.sql<{ head: Uint8Array }>`
    select substring(data from 1 for ${bytesMax}::int) as head from import_chunk
     where tenant_id = ${scope.tenantId}::uuid and import_id = ${id}::uuid and seq < ${PIECES}
     order by seq`;
  return Buffer.concat(rows.map((row) => row.head)).subarray(0, bytesMax);
}
