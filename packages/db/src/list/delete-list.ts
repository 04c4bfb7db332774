/** Takes a list away at once; a job of the worker removes its rows. Refused while something lives on it. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';

/**
 * Drafts on this list lose it; imports that have not begun are cancelled.
 * Throws DbError NOT_FOUND; CONFLICT (`campaign_live`: scheduled, launching, running or paused; `import_running`).
 */
export async function deleteList(scope: TenantScope, input: { listId: string }): Promise<void> {
  const id = requireUuid(input.listId, 'The list id');
  const lists = await scope.sql`
    select 1 as one from list
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid and deleted_at is null for update`;
  if (!lists[0]) throw new DbError('NOT_FOUND', 'There is no such list.');
  const uses = await scope.sql<{ campaign: string | null; isImporting: boolean }>`
    select (select name from campaign where tenant_id = ${scope.tenantId}::uuid and list_id = ${id}::uuid
               and state in ('scheduled', 'launching', 'running', 'paused') limit 1) as campaign,
           exists (select from list_import where tenant_id = ${scope.tenantId}::uuid and list_id = ${id}::uuid
                      and state = 'running') as "isImporting"`;
  const use = uses[0];
  if (use?.campaign != null) {
    const message = `The campaign “${use.campaign}” uses this list. Cancel it or let it finish first.`;
    throw new DbError('CONFLICT', message, { reason: 'campaign_live' });
  }
  if (use?.isImporting) {
    const message = 'A file is being imported into this list.';
    throw new DbError('CONFLICT', message, { reason: 'import_running' });
  }
  await scope.sql`
    update list_import set state = 'cancelled', finished_at = now()
     where tenant_id = ${scope.tenantId}::uuid and list_id = ${id}::uuid and state in ('uploading', 'mapping', 'queued')`;
  await scope.sql`
    update campaign set list_id = null, updated_at = now()
     where tenant_id = ${scope.tenantId}::uuid and list_id = ${id}::uuid and state = 'draft'`;
  await scope.sql`
    update list set deleted_at = now() where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
  await audit(scope, { action: 'list.delete', target: `list:${id}` });
  await notifyDue(scope);
}
