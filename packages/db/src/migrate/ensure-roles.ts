/**
 * Gives the runtime roles a way to sign in, and the queue its schema. Run after `migrate`; running it again changes nothing.
 * Roles are cluster-wide, so that several databases may do this at once: a lost race is tried again.
 */
import type pg from 'pg';
import { DbError } from '../scope/db-error.ts';
import { connectAs } from './connect.ts';
import { RUNTIME_ROLES, rolePassword, runtimeUrls } from './runtime-urls.ts';

const QUEUE_SCHEMA = 'bullmq';

export interface EnsureRolesOptions {
  ownerUrl: string;
  /** The installation's secret, from which the passwords are derived. */
  secret: string;
}

/**
 * Throws DbError ROLES_NOT_ALLOWED when the owner may not make roles and they cannot sign in yet,
 * SECRET_TOO_SHORT, DATABASE_UNREACHABLE.
 */
export async function ensureRoles({ ownerUrl, secret }: EnsureRolesOptions): Promise<void> {
  const urls = runtimeUrls(ownerUrl, secret);
  const client = await connectAs(ownerUrl, 'hikyaku-migrate');
  try {
    if (await mayMakeRoles(client)) {
      for (const role of Object.values(RUNTIME_ROLES)) await ensureRole(client, role, secret);
    } else {
      for (const url of Object.values(urls)) await requireSignIn(url);
    }
    await retried(() => ensureQueueSchema(client));
  } finally {
    await client.end();
  }
}

async function mayMakeRoles(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user',
  );
  return rows[0]?.may === true;
}

async function ensureRole(client: pg.Client, role: string, secret: string): Promise<void> {
  const password = rolePassword(role, secret);
  await retried(() =>
    client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
    exception when duplicate_object or unique_violation then null; end $$`),
  );
  // base64url has no quote in it; ALTER ROLE takes no parameters.
  await retried(() => client.query(`alter role ${role} login password '${password}'`));
}

async function requireSignIn(url: string): Promise<void> {
  try {
    await (await connectAs(url, 'hikyaku-migrate')).end();
  } catch (error) {
    const names = Object.values(RUNTIME_ROLES).join(', ');
    throw new DbError(
      'ROLES_NOT_ALLOWED',
      `The owner role may not create roles, and ${new URL(url).username || 'a runtime role'} cannot sign in. ` +
        'Run `alter role <owner> createrole` as an administrator, or have one create the roles ' +
        `(${names}; login, no other right) with the passwords that \`--print-urls\` shows.`,
      { cause: error },
    );
  }
}

/** BullMQ makes its tables itself, and asks for its schema with CREATE SCHEMA IF NOT EXISTS, which needs CREATE. */
async function ensureQueueSchema(client: pg.Client): Promise<void> {
  const role = RUNTIME_ROLES.queue;
  const { rows } = await client.query<{ owner: string }>(
    'select nspowner::regrole::text as owner from pg_namespace where nspname = $1',
    [QUEUE_SCHEMA],
  );
  if (rows[0]?.owner === role) return;
  const { rows: found } = await client.query<{ name: string; isMember: boolean }>(
    `select quote_ident(current_database()) as name, pg_has_role(current_user, $1,
       case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as "isMember"`,
    [role],
  );
  // Since 16, who creates a role is its member with ADMIN but without SET.
  if (!found[0]?.isMember) await client.query(`grant ${role} to current_user`);
  await client.query(`grant create on database ${found[0]?.name} to ${role}`);
  await client.query(`create schema if not exists ${QUEUE_SCHEMA} authorization ${role}`);
}

async function retried(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      const isRace = /concurrently updated|duplicate key|already exists/.test(
        (error as Error).message,
      );
      if (!isRace || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * Math.random()));
    }
  }
}
