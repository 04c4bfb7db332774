/** The domains that a tenant has proven to staff: the only ones it may send from. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { StaffScope } from '../scope/scopes.ts';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})+$`);

/** Idempotent. Throws DbError NOT_FOUND (no such tenant), INVALID_INPUT (`domain`), INVALID_ID. */
export async function addSenderDomain(
  scope: StaffScope,
  input: { tenantId: string; domain: string; reason: string },
): Promise<void> {
  const tenantId = requireUuid(input.tenantId, 'The tenant id');
  const domain = input.domain.trim().toLowerCase();
  if (!DOMAIN.test(domain)) {
    const message = 'Not a domain name. Write an international one in its xn-- form.';
    throw new DbError('INVALID_INPUT', message, { reason: 'domain' });
  }
  const tenants = await scope.sql`select 1 as one from tenant where id = ${tenantId}::uuid`;
  if (!tenants[0]) throw new DbError('NOT_FOUND', 'There is no such tenant.');
  const rows = await scope.sql`
    insert into sender_domain (tenant_id, domain, created_by)
    values (${tenantId}::uuid, ${domain}, ${scope.staffUserId}::uuid) on conflict do nothing returning 1 as one`;
  if (!rows[0]) return;
  await audit(scope, {
    action: 'sender-domain.add',
    target: `domain:${domain}`,
    reason: input.reason,
    tenantId,
  });
}

/** Campaigns that are scheduled from it keep their From: cancel them first. Throws DbError NOT_FOUND, INVALID_ID. */
export async function removeSenderDomain(
  scope: StaffScope,
  input: { tenantId: string; domain: string; reason: string },
): Promise<void> {
  const tenantId = requireUuid(input.tenantId, 'The tenant id');
  const domain = input.domain.trim().toLowerCase();
  const rows = await scope.sql`
    delete from sender_domain where tenant_id = ${tenantId}::uuid and domain = ${domain} returning 1 as one`;
  if (!rows[0]) throw new DbError('NOT_FOUND', 'This tenant has no such domain.');
  await audit(scope, {
    action: 'sender-domain.remove',
    target: `domain:${domain}`,
    reason: input.reason,
    tenantId,
  });
}
