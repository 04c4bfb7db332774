/** A staff user: made by another one, or from the command line (scope with staffUserId null). */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import type { StaffScope } from '../scope/scopes.ts';

/**
 * With `passwordHash` they can sign in at once; otherwise give them a link. A person who exists already becomes staff and
 * keeps their password. Throws DbError INVALID_INPUT (`email`).
 */
export async function createStaffUser(
  scope: StaffScope,
  input: { email: string; name: string; locale: 'ja' | 'en'; passwordHash?: string },
): Promise<{ userId: string; isNew: boolean }> {
  const email = input.email.trim().toLowerCase();
  if (!/^[^\s]+@[^\s@]+$/.test(email)) {
    throw new DbError('INVALID_INPUT', 'Not an address.', { reason: 'email' });
  }
  const rows = await scope.sql<{ userId: string; isNew: boolean }>`
    insert into app_user (email, name, locale, is_staff, password_hash)
    values (${email}, ${input.name}, ${input.locale}, true, ${input.passwordHash ?? ''})
    on conflict (email) do update set is_staff = true
    returning id as "userId", xmax = 0 as "isNew"`;
  const created = rows[0] as (typeof rows)[0];
  await audit(scope, { action: 'staff.create', target: `user:${created.userId}` });
  return created;
}
