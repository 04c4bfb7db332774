/** A new tenant with its first owner, who gets a one-time link unless they have a password already. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import type { StaffScope } from '../scope/scopes.ts';

export interface CreateTenantInput {
  name: string;
  /** IANA zone; the caller has checked that it exists. */
  zone: string;
  locale: 'ja' | 'en';
  /** {days, start, end, zone}: see the campaigns room. */
  window: { days: number[]; start: string; end: string; zone: string };
  owner: { email: string; name: string };
  /** SHA-256 of the invitation's token, and until when it works. */
  invitation: { tokenHash: string; expiresAt: Date };
}

export interface CreatedTenant {
  tenantId: string;
  ownerId: string;
  /** False: the owner has a password already, and the invitation was not stored. */
  isInvited: boolean;
}

/** Throws DbError INVALID_INPUT (`name`, `email`). */
export async function createTenantWithOwner(
  scope: StaffScope,
  input: CreateTenantInput,
): Promise<CreatedTenant> {
  const email = input.owner.email.trim().toLowerCase();
  const name = input.name.trim();
  if (name === '') {
    throw new DbError('INVALID_INPUT', 'A tenant needs a name.', { reason: 'name' });
  }
  if (!/^[^\s]+@[^\s@]+$/.test(email)) {
    throw new DbError('INVALID_INPUT', 'The owner needs an address.', { reason: 'email' });
  }
  const tenants = await scope.sql<{ id: string }>`
    insert into tenant (name, zone, locale, "window")
    values (${name}, ${input.zone}, ${input.locale}, ${JSON.stringify(input.window)}::jsonb) returning id`;
  // DO UPDATE and not DO NOTHING: it returns, and locks, the person who is there already.
  const users = await scope.sql<{ id: string; hasPassword: boolean }>`
    insert into app_user (email, name, locale) values (${email}, ${input.owner.name}, ${input.locale})
    on conflict (email) do update set email = excluded.email
    returning id, password_hash <> '' as "hasPassword"`;
  const tenantId = (tenants[0] as { id: string }).id;
  const owner = users[0] as (typeof users)[0];
  await scope.sql`
    insert into membership (tenant_id, user_id, role) values (${tenantId}::uuid, ${owner.id}::uuid, 'owner')`;
  if (!owner.hasPassword) {
    await scope.sql`
      insert into one_time_link (kind, token_hash, user_id, created_by, expires_at)
      values ('invite', ${input.invitation.tokenHash}, ${owner.id}::uuid, ${scope.staffUserId}::uuid,
              ${input.invitation.expiresAt})`;
  }
  await audit(scope, {
    action: 'tenant.create',
    target: `tenant:${tenantId}`,
    tenantId,
    detail: { name, ownerId: owner.id },
  });
  return { tenantId, ownerId: owner.id, isInvited: !owner.hasPassword };
}
