/**
 * Gives the runtime roles a way to sign in and their settings, and the queue its schema. Run after `migrate`; running it again changes nothing.
 * Roles are cluster-wide, so that several databases may do this at once: a lost race is tried again.
 */
import type pg from 'pg';
import { DbError } from '../scope/db-error.ts';
import { connectAs } from './connect.ts';
import { RUNTIME_ROLES, type RuntimePlane, rolePassword, runtimeUrls } from './runtime-urls.ts';

const QUEUE_SCHEMA = 'bullmq';
const INSUFFICIENT_PRIVILEGE = '42501';
const PLANES = Object.keys(RUNTIME_ROLES) as RuntimePlane[];

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
    for (const plane of PLANES) {
      const role = RUNTIME_ROLES[plane];
      if (!(await ensureRole(client, role, secret))) await requireSignIn(urls[plane], role);
    }
    await retried(() => ensureQueueSchema(client));
  } finally {
    await client.end();
  }
}

/** False when the owner may not: it lacks CREATEROLE, or somebody else made the role. */
async function ensureRole(client: pg.Client, role: string, secret: string): Promise<boolean> {
  const password = rolePassword(role, secret);
  try {
    await retried(() =>
      client.query(`do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
      exception when duplicate_object or unique_violation then null; end $$`),
    );
    // base64url has no quote in it; ALTER ROLE takes no parameters.
    await retried(() => client.query(`alter role ${role} login password '${password}'`));
    // Our statements are short and many. One that is reckoned dear, such as a batch of the roll-up, was compiled anew each time it
    // ran, for half of its time.
    await retried(() => client.query(`alter role ${role} set jit = off`));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  }
}

async function requireSignIn(url: string, role: string): Promise<void> {
  try {
    await (await connectAs(url, 'hikyaku-migrate')).end();
  } catch (error) {
    const names = Object.values(RUNTIME_ROLES).join(', ');
    throw new DbError(
      'ROLES_NOT_ALLOWED',
      `The owner role may not create or alter roles, and ${role} cannot sign in. ` +
        'Run `alter role <owner> createrole` as an administrator, or have one create the roles ' +
        `(${names}; login, no other right) with the passwords that \`--only-urls\` shows.`,
      { cause: error },
    );
  }
}

/** BullMQ makes its tables itself, and asks for its schema with CREATE SCHEMA IF NOT EXISTS, which needs CREATE. */
async function ensureQueueSchema(client: pg.Client): Promise<void> {
  const role = RUNTIME_ROLES.queue;
  const { rows } = await client.query<{ database: string; isReady: boolean }>(
    `select quote_ident(current_database()) as database,
            has_database_privilege($1, current_database(), 'create')
              and to_regnamespace($2) is not null
              and has_schema_privilege($1, to_regnamespace($2), 'create, usage') as "isReady"`,
    [role, QUEUE_SCHEMA],
  );
  if (rows[0]?.isReady) return;
  await client.query(`create schema if not exists ${QUEUE_SCHEMA}`);
  await client.query(`grant usage, create on schema ${QUEUE_SCHEMA} to ${role}`);
  await client.query(`grant create on database ${rows[0]?.database} to ${role}`);
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
