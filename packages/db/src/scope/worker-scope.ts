/**
 * The worker's way to Postgres: pg without Prisma, prepared statements by name, sets instead of rows.
 * The worker role sees every tenant; its statements carry tenant ids themselves.
 */
import { createHash } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { listen, type Subscription } from './listen.ts';
import { type Db, internalsOf } from './open-db.ts';
import { plane } from './plane.ts';

export interface WorkerResult<Row> {
  rows: Row[];
  rowCount: number;
}

/** A connection inside a transaction. */
export interface WorkerClient {
  /** `text` is prepared once per connection under a name derived from it: keep texts constant, put values in `values`. */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<WorkerResult<Row>>;
  /** The pg client itself, for what the above does not cover. */
  readonly raw: pg.PoolClient;
}

export interface WorkerScope {
  readonly [plane]: 'worker';
  query: WorkerClient['query'];
  /** begin … commit; whatever `work` throws rolls back. */
  transaction<T>(work: (client: WorkerClient) => Promise<T>): Promise<T>;
  /**
   * A stream for `copy … from stdin`; await `pipeline` or `finish`, inside a transaction. Postgres refuses COPY into a
   * table with row-level security: copy into a `create temporary table … on commit drop`, and insert from there.
   */
  copyFrom(client: WorkerClient, sql: string): Writable;
  /** A stream of `copy … to stdout`; `rowCount` is known once it has ended. Inside a transaction. */
  copyTo(client: WorkerClient, sql: string): Readable & { readonly rowCount: number };
  /** Calls `fn` for each notification, and once with '' after every (re)connect, as some may have been missed. */
  listen(channel: string, fn: (payload: string) => void): Subscription;
}

/** `db` must be opened with the worker role. */
export function asWorker(db: Db): WorkerScope {
  const { pool, config } = internalsOf(db);
  return {
    [plane]: 'worker',
    query: (text, values) => run(pool, text, values),
    transaction: (work) => transaction(pool, work),
    copyFrom: (client, sql) => client.raw.query(copyFrom(sql)),
    copyTo: (client, sql) => client.raw.query(copyTo(sql)),
    listen: (channel, fn) => listen(config, channel, fn),
  };
}

async function transaction<T>(pool: pg.Pool, work: (client: WorkerClient) => Promise<T>) {
  const raw = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  raw.on('error', onError);
  try {
    await raw.query('begin');
    const result = await work({ raw, query: (text, values) => run(raw, text, values) });
    await raw.query('commit');
    return result;
  } catch (error) {
    await raw.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    raw.off('error', onError);
    raw.release(broken);
  }
}

async function run<Row>(target: pg.Pool | pg.PoolClient, text: string, values: unknown[] = []) {
  const result = await target.query({ name: nameOf(text), text, values });
  return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('hex');
    names.set(text, name);
  }
  return name;
}
