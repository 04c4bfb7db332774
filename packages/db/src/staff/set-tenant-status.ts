/** Stops all sending of a tenant, or lets it go on. A fence holds the tenant's row FOR SHARE: none commits after this does. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { StaffScope } from '../scope/scopes.ts';

/** Idempotent; a reason is required. Throws DbError NOT_FOUND, INVALID_INPUT (`reason`), INVALID_ID. */
export async function suspendTenant(
  scope: StaffScope,
  input: { tenantId: string; reason: string },
): Promise<void> {
  await setStatus(scope, input, 'suspended');
}

/** As suspendTenant. */
export async function activateTenant(
  scope: StaffScope,
  input: { tenantId: string; reason: string },
): Promise<void> {
  await setStatus(scope, input, 'active');
}

async function setStatus(
  scope: StaffScope,
  input: { tenantId: string; reason: string },
  status: 'active' | 'suspended',
): Promise<void> {
  const tenantId = requireUuid(input.tenantId, 'The tenant id');
  const reason = input.reason.trim();
  if (reason === '') throw new DbError('INVALID_INPUT', 'Say why.', { reason: 'reason' });
  const rows = await scope.sql<{ status: string }>`
    select status::text as status from tenant where id = ${tenantId}::uuid for no key update`;
  if (!rows[0]) throw new DbError('NOT_FOUND', 'There is no such tenant.');
  if (rows[0].status === status) return;
  await scope.sql`update tenant set status = ${status}::tenant_status where id = ${tenantId}::uuid`;
  const action = status === 'active' ? 'tenant.activate' : 'tenant.suspend';
  await audit(scope, { action, target: `tenant:${tenantId}`, reason, tenantId });
  await notifyDue(scope);
}
