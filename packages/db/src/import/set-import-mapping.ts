/** The columns are chosen: mapping → queued, and a worker takes it from there. */
import {
  type ImportFormat,
  type ImportMapping,
  importFormatSchema,
  importMappingSchema,
} from '@hikyaku/contracts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockImport } from './lock-import.ts';

/**
 * The list gets the columns that it did not have yet. Throws DbError NOT_FOUND; CONFLICT (`import_state`);
 * INVALID_INPUT (`mapping`).
 */
export async function setImportMapping(
  scope: TenantScope,
  input: { importId: string; mapping: ImportMapping; format: ImportFormat },
): Promise<void> {
  const mapping = importMappingSchema.safeParse(input.mapping);
  const format = importFormatSchema.safeParse(input.format);
  if (!mapping.success || !format.success) {
    const message = 'The choice of columns is not a valid one.';
    throw new DbError('INVALID_INPUT', message, { reason: 'mapping' });
  }
  const { id } = await lockImport(scope, input.importId, ['mapping']);
  const { encoding, delimiter } = format.data;
  await scope.sql`
    update list_import set state = 'queued', mapping = ${JSON.stringify(mapping.data)}::jsonb, encoding = ${encoding},
           delimiter = ${delimiter}
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
  const columns = JSON.stringify(mapping.data.columns.map(({ key, label }) => ({ key, label })));
  await scope.sql`
    update list l set columns = l.columns || coalesce((
             select jsonb_agg(new.value order by new.ordinality)
               from jsonb_array_elements(${columns}::jsonb) with ordinality as new
              where not exists (select from jsonb_array_elements(l.columns) as old where old.value->>'key' = new.value->>'key')
           ), '[]'::jsonb)
      from list_import i
     where i.tenant_id = ${scope.tenantId}::uuid and i.id = ${id}::uuid and l.tenant_id = i.tenant_id and l.id = i.list_id`;
  await notifyDue(scope);
}
