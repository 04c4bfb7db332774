/** Locks the row of an import, so that two requests of one upload, or a request and the worker, take turns. */
import type { ImportState } from '@hikyaku/contracts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

/** Throws DbError NOT_FOUND, INVALID_ID, and CONFLICT (`import_state`) when the state is none of `allowed`. */
export async function lockImport(
  scope: TenantScope,
  importId: string,
  allowed: readonly ImportState[],
): Promise<{ id: string; state: ImportState }> {
  const id = requireUuid(importId, 'The import id');
  const rows = await scope.sql<{ id: string; state: ImportState }>`
    select id, state::text as state from list_import
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid for no key update`;
  const found = rows[0];
  if (!found) throw new DbError('NOT_FOUND', 'There is no such import.');
  if (allowed.includes(found.state)) return found;
  throw new DbError(
    'CONFLICT',
    `The import is ${found.state}; this needs ${allowed.join(' or ')}.`,
    {
      reason: 'import_state',
    },
  );
}
