/** The refused lines of an import, in their order. Each piece is its own transaction. */
import { requireUuid } from '../scope/ids.ts';
import type { TenantRunner, TenantScope } from '../scope/scopes.ts';

export interface RefusalRow {
  /** Line of the file, from 1, where the record begins. */
  line: number;
  /** A stable code; the catalogue has the words. */
  code: string;
  value: string;
}

const PIECE = 5_000;

/** `run` is `(work) => withTenant(db, tenantId, work)`. Ends at once when this tenant has no such import. */
export async function* refusalsCsvRows(
  run: TenantRunner,
  importId: string,
): AsyncGenerator<RefusalRow> {
  const id = requireUuid(importId, 'The import id');
  let after: number | undefined = -1;
  while (after !== undefined) {
    const behind: number = after;
    const piece = await run((scope) => readPiece(scope, id, behind));
    yield* piece;
    after = piece.at(-1)?.line;
  }
}

async function readPiece(scope: TenantScope, importId: string, after: number) {
  return scope.sql<RefusalRow>`
    select line, code, value from import_refusal
     where tenant_id = ${scope.tenantId}::uuid and import_id = ${importId}::uuid and line > ${after}
     order by line limit ${PIECE}`;
}
