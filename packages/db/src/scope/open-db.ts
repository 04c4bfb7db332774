/**
 * One pool and one Prisma client over it. Outside this package a Db is opaque: rows are reached through scopes only.
 * Which rows a scope may see depends on the role in the url: open one Db per role that a process needs.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/client.ts';

declare const brand: unique symbol;

/** A connection pool for one role. Made by `openDb`, ended by `closeDb`. */
export interface Db {
  readonly [brand]: 'db';
}

export interface OpenDbOptions {
  /** postgresql://… of a runtime role (see `runtimeUrls`). */
  url: string;
  /** Connections at most; default 10. */
  max?: number;
  /** Shown in pg_stat_activity; default `hikyaku`. */
  applicationName?: string;
  /** Server settings of every connection, such as `{ enable_seqscan: 'off' }`. */
  settings?: Readonly<Record<string, string>>;
  /** Told of errors on idle connections; the pool replaces those by itself. */
  onError?: (error: Error) => void;
}

interface Internals {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  readonly config: pg.ClientConfig;
}

const opened = new WeakMap<Db, Internals>();

/** Opens a pool; connects on first use. */
export function openDb(options: OpenDbOptions): Db {
  const config: pg.ClientConfig = {
    connectionString: options.url,
    application_name: options.applicationName ?? 'hikyaku',
    keepAlive: true,
    ...(options.settings && { options: settingsText(options.settings) }),
    // Also how long a caller waits for a free connection.
    connectionTimeoutMillis: 30_000,
  };
  const pool = new pg.Pool({ ...config, max: options.max ?? 10, idleTimeoutMillis: 30_000 });
  // Without a listener, a database restart would end the process.
  pool.on('error', (error) => options.onError?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const db = Object.freeze({}) as Db;
  opened.set(db, { pool, prisma, config });
  return db;
}

/** Waits for borrowed connections and ends the pool. A second call does nothing. */
export async function closeDb(db: Db): Promise<void> {
  const internals = opened.get(db);
  if (!internals) return;
  opened.delete(db);
  await internals.prisma.$disconnect();
  await internals.pool.end();
}

/** For this package only. */
export function internalsOf(db: Db): Internals {
  const internals = opened.get(db);
  if (!internals) throw new Error('This Db has been closed.');
  return internals;
}

/** As the `options` parameter of the startup message has it; names and values are ours, not people's. */
function settingsText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
