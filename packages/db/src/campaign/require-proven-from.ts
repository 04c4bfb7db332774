/** Only a domain that staff have proven for this tenant may stand in From. */
import { DbError } from '../scope/db-error.ts';
import type { TenantScope } from '../scope/scopes.ts';

/** Throws DbError INVALID_INPUT (`from-missing`, `from-not-proven`). */
export async function requireProvenFrom(scope: TenantScope, fromEmail: string): Promise<void> {
  const domain = /^[^\s]+@([^\s@]+)$/.exec(fromEmail)?.[1]?.toLowerCase();
  if (!domain) {
    throw new DbError('INVALID_INPUT', 'There is no From address.', { reason: 'from-missing' });
  }
  const rows = await scope.sql`
    select 1 as one from sender_domain where tenant_id = ${scope.tenantId}::uuid and domain = ${domain}`;
  if (!rows[0]) {
    const message = `${domain} is not proven for this tenant.`;
    throw new DbError('INVALID_INPUT', message, { reason: 'from-not-proven' });
  }
}
