/** How far an import has come; survives a reload, since it is read from the checkpoint. */
import type { ImportMapping, ImportState } from '@hikyaku/contracts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface ImportProgress {
  id: string;
  kind: 'recipients' | 'suppressions';
  listId: string | null;
  state: ImportState;
  filename: string;
  sizeBytes: number;
  doneBytes: number;
  doneRecords: number;
  newCount: number;
  updatedCount: number;
  duplicateCount: number;
  refusedCount: number;
  encoding: string | null;
  delimiter: string | null;
  mapping: ImportMapping | null;
  /** A stable code when `failed`. */
  error: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** null when this tenant has no such import. Throws DbError INVALID_ID. */
export async function importProgress(
  scope: TenantScope,
  importId: string,
): Promise<ImportProgress | null> {
  const id = requireUuid(importId, 'The import id');
  const rows = await scope.sql<ImportProgress>`
    select id, kind::text as kind, list_id as "listId", state::text as state, filename, size_bytes::float8 as "sizeBytes",
           done_bytes::float8 as "doneBytes", done_records as "doneRecords", new_count as "newCount",
           updated_count as "updatedCount", duplicate_count as "duplicateCount", refused_count as "refusedCount",
           encoding, delimiter, mapping, error, created_at as "createdAt", started_at as "startedAt",
           finished_at as "finishedAt"
      from list_import where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
  return rows[0] ?? null;
}
