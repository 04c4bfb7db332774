/** Stores one piece of an upload. Postgres holds the file, so that a worker on any machine can read it. */
import { DbError } from '../scope/db-error.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockImport } from './lock-import.ts';

/** A piece may be no larger; 256 KiB to 1 MiB is a good size. */
export const IMPORT_CHUNK_MAX_BYTES = 4 * 1024 * 1024;

/**
 * `seq` counts from 0. The same `seq` again changes nothing, so that a request may be repeated.
 * Throws DbError NOT_FOUND, CONFLICT (`import_state`), INVALID_INPUT (`chunk`).
 */
export async function appendImportChunk(
  scope: TenantScope,
  input: { importId: string; seq: number; data: Uint8Array },
): Promise<void> {
  const { seq, data } = input;
  const isGood = Number.isInteger(seq) && seq >= 0 && seq < 1_000_000 && data.byteLength > 0;
  if (!isGood || data.byteLength > IMPORT_CHUNK_MAX_BYTES) {
    throw new DbError('INVALID_INPUT', 'Not a piece of an upload.', { reason: 'chunk' });
  }
  const { id } = await lockImport(scope, input.importId, ['uploading']);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  await scope.sql`
    with piece as (
      insert into import_chunk (tenant_id, import_id, seq, data)
      values (${scope.tenantId}::uuid, ${id}::uuid, ${seq}::int, ${bytes}) on conflict do nothing
      returning octet_length(data) as bytes
    )
    update list_import set size_bytes = size_bytes + piece.bytes from piece
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
}
