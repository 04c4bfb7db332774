/**
 * Applies prisma/migrations with pg and keeps `_prisma_migrations` as Prisma does, so that `prisma migrate deploy`
 * elsewhere finds nothing to do. Each migration is one transaction; an applied one must never change.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { DbError } from '../scope/db-error.ts';
import { connectAs } from './connect.ts';

/** The lock that Prisma's own engine takes: both runners exclude each other. */
const LOCK = 72707369;

export interface MigrateOptions {
  /** postgresql://… of the role that owns the tables. */
  ownerUrl: string;
  /** Folder that holds `<timestamp>_<name>/migration.sql`. */
  migrationsDir: string;
}

export interface MigrateResult {
  /** Names that this call has applied, in order. */
  applied: string[];
  /** Number of migrations that are in place now. */
  total: number;
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database up to date; safe to call from several processes at once.
 * Throws DbError MIGRATION_CHANGED, MIGRATION_UNFINISHED, MIGRATION_FAILED, MIGRATIONS_MISSING or DATABASE_UNREACHABLE.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const migrations = readMigrations(options.migrationsDir);
  const client = await connectAs(options.ownerUrl, 'hikyaku-migrate');
  try {
    await client.query("set lock_timeout = '120s'");
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('reset lock_timeout');
    await client.query(TABLE);
    const done = await readApplied(client);
    const pending = migrations.filter((migration) => !isApplied(migration, done));
    for (const migration of pending) await apply(client, migration);
    return { applied: pending.map(({ name }) => name), total: migrations.length };
  } finally {
    await client.end();
  }
}

function readMigrations(dir: string): Migration[] {
  const names = existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  if (names.length === 0) {
    throw new DbError('MIGRATIONS_MISSING', `No migrations in ${dir}. Is the folder complete?`);
  }
  return names
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(dir, name, 'migration.sql'));
      const checksum = createHash('sha256').update(bytes).digest('hex');
      return { name, sql: bytes.toString('utf8'), checksum };
    });
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string; isFinished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as "isFinished"
     from _prisma_migrations where rolled_back_at is null`,
  );
  const open = rows.find((row) => !row.isFinished);
  if (open) {
    throw new DbError(
      'MIGRATION_UNFINISHED',
      `Migration ${open.name} was begun by another tool and did not finish. Repair the database, then run ` +
        `\`prisma migrate resolve --applied ${open.name}\` or \`--rolled-back ${open.name}\`, and start again.`,
    );
  }
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function isApplied(migration: Migration, done: Map<string, string>): boolean {
  const checksum = done.get(migration.name);
  if (checksum === undefined) return false;
  if (checksum === migration.checksum) return true;
  throw new DbError(
    'MIGRATION_CHANGED',
    `Migration ${migration.name} has been applied to this database and its file was changed afterwards. ` +
      'Restore the file and put the change into a new migration (on a development machine: begin with an empty database).',
  );
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const { message } = error as Error;
    throw new DbError(
      'MIGRATION_FAILED',
      `Migration ${name} failed and was rolled back: ${message}`,
      {
        cause: error,
      },
    );
  }
}

const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;
