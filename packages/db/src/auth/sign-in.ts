/** What sign-in needs of people, before a tenant is known. */
import { requireUuid } from '../scope/ids.ts';
import type { AuthScope } from '../scope/scopes.ts';

export interface SignInUser {
  id: string;
  email: string;
  name: string;
  locale: string;
  isStaff: boolean;
  /** Empty until an invited person has chosen a password: then nothing matches it. */
  passwordHash: string;
  sessionVersion: number;
}

/** null when nobody has this address; compared in lower case. */
export async function findUserForSignIn(
  scope: AuthScope,
  email: string,
): Promise<SignInUser | null> {
  const rows = await scope.sql<SignInUser>`
    select id, email, name, locale, is_staff as "isStaff", password_hash as "passwordHash",
           session_version as "sessionVersion"
      from app_user where email = ${email.trim().toLowerCase()}`;
  return rows[0] ?? null;
}

/** Notes when a person last signed in. */
export async function recordSignIn(scope: AuthScope, userId: string): Promise<void> {
  const id = requireUuid(userId, 'The user id');
  await scope.sql`update app_user set last_sign_in_at = now() where id = ${id}::uuid`;
}

/** Replaces the password and ends every session. Returns the new session version; null when there is no such user. */
export async function changePassword(
  scope: AuthScope,
  input: { userId: string; passwordHash: string },
): Promise<number | null> {
  const id = requireUuid(input.userId, 'The user id');
  const rows = await scope.sql<{ version: number }>`
    update app_user set password_hash = ${input.passwordHash}, session_version = session_version + 1
     where id = ${id}::uuid returning session_version as version`;
  return rows[0]?.version ?? null;
}
