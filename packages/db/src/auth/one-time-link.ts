/** Links that set a password once: an invitation or a reset. Only the hash of the token is stored. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { AuthScope } from '../scope/scopes.ts';

export type LinkKind = 'reset' | 'invite';

export interface NewLink {
  kind: LinkKind;
  userId: string;
  /** SHA-256 of a random token of at least 128 bits. */
  tokenHash: string;
  createdBy: string | null;
  expiresAt: Date;
}

/** Earlier links of this person stop working. Throws DbError INVALID_ID. */
export async function createOneTimeLink(scope: AuthScope, link: NewLink): Promise<void> {
  const userId = requireUuid(link.userId, 'The user id');
  const createdBy = link.createdBy === null ? null : requireUuid(link.createdBy, 'The actor id');
  // The person's row is locked, so that two links made at once end with one that works.
  await scope.sql`select 1 as one from app_user where id = ${userId}::uuid for no key update`;
  await endLinksOf(scope, userId);
  await scope.sql`
    insert into one_time_link (kind, token_hash, user_id, created_by, expires_at)
    values (${link.kind}::link_kind, ${link.tokenHash}, ${userId}::uuid, ${createdBy}::uuid, ${link.expiresAt})`;
  await audit(scope, {
    action: `link.create-${link.kind}`,
    target: `user:${userId}`,
    actorId: createdBy,
  });
}

/** Whose link this is, for showing the form; null when it is unknown, used or expired. */
export async function readOneTimeLink(
  scope: AuthScope,
  tokenHash: string,
): Promise<{ kind: LinkKind; userId: string; email: string; name: string; locale: string } | null> {
  const rows = await scope.sql<{
    kind: LinkKind;
    userId: string;
    email: string;
    name: string;
    locale: string;
  }>`
    select l.kind::text as kind, u.id as "userId", u.email, u.name, u.locale
      from one_time_link l join app_user u on u.id = l.user_id
     where l.token_hash = ${tokenHash} and l.used_at is null and l.expires_at > now()`;
  return rows[0] ?? null;
}

/**
 * Uses the link and sets the password, both or neither; ends every session and every other link of this person.
 * null when the link is unknown, used or expired: of two requests at once, one gets null.
 */
export async function consumeOneTimeLink(
  scope: AuthScope,
  input: { tokenHash: string; passwordHash: string },
): Promise<{ userId: string; sessionVersion: number } | null> {
  const links = await scope.sql<{ userId: string; kind: LinkKind }>`
    update one_time_link set used_at = now()
     where token_hash = ${input.tokenHash} and used_at is null and expires_at > now()
    returning user_id as "userId", kind::text as kind`;
  const link = links[0];
  if (!link) return null;
  const users = await scope.sql<{ sessionVersion: number }>`
    update app_user set password_hash = ${input.passwordHash}, session_version = session_version + 1
     where id = ${link.userId}::uuid returning session_version as "sessionVersion"`;
  if (!users[0]) throw new DbError('NOT_FOUND', 'There is no such user.');
  await endLinksOf(scope, link.userId);
  await audit(scope, {
    action: `link.use-${link.kind}`,
    target: `user:${link.userId}`,
    actorId: link.userId,
  });
  return { userId: link.userId, ...users[0] };
}

/**
 * First half of an invitation: the person with this address, made if need be, with a link unless they have a password.
 * Follow with `addMember` in the tenant's scope. Throws DbError INVALID_INPUT (`email`).
 */
export async function ensureInvitedUser(
  scope: AuthScope,
  input: {
    email: string;
    name: string;
    locale: 'ja' | 'en';
    createdBy: string;
    invitation: { tokenHash: string; expiresAt: Date };
  },
): Promise<{ userId: string; isInvited: boolean }> {
  const email = input.email.trim().toLowerCase();
  if (!/^[^\s]+@[^\s@]+$/.test(email)) {
    throw new DbError('INVALID_INPUT', 'Not an address.', { reason: 'email' });
  }
  const users = await scope.sql<{ userId: string; hasPassword: boolean }>`
    insert into app_user (email, name, locale) values (${email}, ${input.name}, ${input.locale})
    on conflict (email) do update set name = app_user.name
    returning id as "userId", password_hash <> '' as "hasPassword"`;
  const { userId, hasPassword } = users[0] as (typeof users)[0];
  if (!hasPassword) {
    const { tokenHash, expiresAt } = input.invitation;
    const { createdBy } = input;
    await createOneTimeLink(scope, { kind: 'invite', userId, tokenHash, createdBy, expiresAt });
  }
  return { userId, isInvited: !hasPassword };
}

async function endLinksOf(scope: AuthScope, userId: string): Promise<void> {
  await scope.sql`
    update one_time_link set used_at = now() where user_id = ${userId}::uuid and used_at is null`;
}
