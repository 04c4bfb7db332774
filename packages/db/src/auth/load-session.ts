/** Is this session still good, and what may it do? Asked on every request; nothing in a cookie is trusted for it. */
import type { MemberRole } from '@hikyaku/contracts';
import { isUuid } from '../scope/ids.ts';
import type { AuthScope } from '../scope/scopes.ts';

export interface SessionMembership {
  tenantId: string;
  tenantName: string;
  tenantStatus: 'active' | 'suspended';
  tenantZone: string;
  role: MemberRole;
}

export interface LoadedSession {
  user: { id: string; email: string; name: string; locale: string; isStaff: boolean };
  /** By tenant name. */
  memberships: SessionMembership[];
}

/** null when the user is gone or the password was changed since. */
export async function loadSession(
  scope: AuthScope,
  input: { userId: string; sessionVersion: number },
): Promise<LoadedSession | null> {
  if (!isUuid(input.userId) || !Number.isInteger(input.sessionVersion)) return null;
  const users = await scope.sql<LoadedSession['user']>`
    select id, email, name, locale, is_staff as "isStaff" from app_user
     where id = ${input.userId}::uuid and session_version = ${input.sessionVersion}::bigint`;
  const user = users[0];
  if (!user) return null;
  const memberships = await scope.sql<SessionMembership>`
    select t.id as "tenantId", t.name as "tenantName", t.status::text as "tenantStatus", t.zone as "tenantZone",
           m.role::text as role
      from membership m join tenant t on t.id = m.tenant_id
     where m.user_id = ${user.id}::uuid order by t.name, t.id`;
  return { user, memberships };
}
