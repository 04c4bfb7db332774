/** Who belongs to a tenant. A tenant always keeps an owner; a removed person is out with the next request. */
import type { MemberRole } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface Member {
  userId: string;
  email: string;
  name: string;
  role: MemberRole;
  createdAt: Date;
  lastSignInAt: Date | null;
}

/** All members by role and address; a tenant has few. */
export async function listMembers(scope: TenantScope): Promise<Member[]> {
  return scope.sql<Member>`
    select u.id as "userId", u.email, u.name, m.role::text as role, m.created_at as "createdAt",
           u.last_sign_in_at as "lastSignInAt"
      from membership m join app_user u on u.id = m.user_id
     where m.tenant_id = ${scope.tenantId}::uuid
     order by m.role, u.email`;
}

/** Second half of an invitation, after `ensureInvitedUser`. Throws DbError CONFLICT (`member`) when they belong already. */
export async function addMember(
  scope: TenantScope,
  input: { userId: string; role: MemberRole },
): Promise<void> {
  const userId = requireUuid(input.userId, 'The user id');
  const rows = await scope.sql`
    insert into membership (tenant_id, user_id, role)
    values (${scope.tenantId}::uuid, ${userId}::uuid, ${input.role}::member_role) on conflict do nothing
    returning 1 as one`;
  if (!rows[0]) throw new DbError('CONFLICT', 'They belong already.', { reason: 'member' });
  await audit(scope, {
    action: 'member.add',
    target: `user:${userId}`,
    detail: { role: input.role },
  });
}

/** Throws DbError NOT_FOUND, CONFLICT (`last_owner`). */
export async function setMemberRole(
  scope: TenantScope,
  input: { userId: string; role: MemberRole },
): Promise<void> {
  const { userId, role } = await lockMember(scope, input.userId);
  if (role === 'owner' && input.role !== 'owner') await requireOtherOwner(scope, userId);
  await scope.sql`
    update membership set role = ${input.role}::member_role
     where tenant_id = ${scope.tenantId}::uuid and user_id = ${userId}::uuid`;
  const detail = { from: role, to: input.role };
  await audit(scope, { action: 'member.set-role', target: `user:${userId}`, detail });
}

/** Throws DbError NOT_FOUND, CONFLICT (`last_owner`). */
export async function removeMember(scope: TenantScope, input: { userId: string }): Promise<void> {
  const { userId, role } = await lockMember(scope, input.userId);
  if (role === 'owner') await requireOtherOwner(scope, userId);
  await scope.sql`
    delete from membership where tenant_id = ${scope.tenantId}::uuid and user_id = ${userId}::uuid`;
  await audit(scope, { action: 'member.remove', target: `user:${userId}`, detail: { was: role } });
}

/** Locks all owners too: two owners who remove each other at once take turns. */
async function lockMember(scope: TenantScope, given: string) {
  const userId = requireUuid(given, 'The user id');
  const rows = await scope.sql<{ userId: string; role: MemberRole }>`
    select user_id as "userId", role::text as role from membership
     where tenant_id = ${scope.tenantId}::uuid and (user_id = ${userId}::uuid or role = 'owner')
     order by user_id for update`;
  const member = rows.find((row) => row.userId === userId);
  if (!member) throw new DbError('NOT_FOUND', 'There is no such member.');
  return member;
}

async function requireOtherOwner(scope: TenantScope, userId: string): Promise<void> {
  const rows = await scope.sql`
    select 1 as one from membership
     where tenant_id = ${scope.tenantId}::uuid and role = 'owner' and user_id <> ${userId}::uuid limit 1`;
  if (!rows[0]) {
    const message = 'A tenant needs an owner. Make somebody else an owner first.';
    throw new DbError('CONFLICT', message, { reason: 'last_owner' });
  }
}
