import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  asWorker,
  closeDb,
  openDb,
  type StaffScope,
  type TenantScope,
  type WorkerScope,
} from '../src/index.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

describe('the worker’s scope', () => {
  let db: TestDb;
  let world: World;

  beforeAll(async () => {
    db = await openTestDb();
    world = await makeWorld(db, 'worker');
  });
  afterAll(() => db.end());

  const killAll = (applicationName: string) =>
    db.as(
      db.urls.workerUrl,
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
      [applicationName],
    );

  it('a transaction that throws leaves nothing, one that returns is committed', async () => {
    const insert = `insert into lane (site, source) values ($1, 's')`;
    const failed = db.worker.transaction(async (client) => {
      await client.query(insert, ['rolled-back']);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const result = await db.worker.transaction(async (client) => {
      await client.query(insert, ['kept']);
      return 'value';
    });
    expect(result).toBe('value');
    const { rows } = await db.worker.query(
      `select site from lane where site in ('kept', 'rolled-back')`,
    );
    expect(rows).toEqual([{ site: 'kept' }]);
  });

  it('copies rows in as a stream, by way of a temporary table, all or none', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `c${i}@copy.example\n`);
    const copy = () =>
      db.worker.transaction(async (client) => {
        await client.query('create temporary table incoming (email text) on commit drop');
        await pipeline(
          Readable.from(lines),
          db.worker.copyFrom(client, 'copy incoming from stdin'),
        );
        await client.query(
          `insert into recipient (tenant_id, list_id, email, email_key, domain)
           select $1::uuid, $2::uuid, email, email, 'copy.example' from incoming`,
          [world.tenantId, world.listId],
        );
      });
    await copy();
    await expect(copy()).rejects.toThrow(/duplicate key/);
    const { rows } = await db.worker.query<{ n: number }>(
      `select count(*)::int as n from recipient where domain = 'copy.example'`,
    );
    expect(rows).toEqual([{ n: 20_000 }]);
  });

  it('goes on after the server has cut its connections', async () => {
    const cut = openDb({ url: db.urls.workerUrl, max: 2, applicationName: 'cut' });
    const scope = asWorker(cut);
    await Promise.all([scope.query('select 1'), scope.query('select 2')]);
    await killAll('cut');
    const during = scope.transaction(async (client) => {
      await client.query('select 1');
      await killAll('cut');
      await client.query('select 1');
    });
    await expect(during).rejects.toThrow();
    await expect
      .poll(() =>
        scope.query('select 1 as one').then(
          ({ rows }) => rows,
          () => [],
        ),
      )
      .toEqual([{ one: 1 }]);
    await closeDb(cut);
    await closeDb(cut);
    expect(() => asWorker(cut)).toThrow(/closed/);
  });

  it('a listener that was cut off listens again, and looks once for what it may have missed', async () => {
    const heard: string[] = [];
    const cut = openDb({ url: db.urls.workerUrl, applicationName: 'listener' });
    const subscription = asWorker(cut).listen('hikyaku_due', (payload) => heard.push(payload));
    await subscription.ready;
    expect(heard).toEqual(['']);
    await db.worker.query(`select pg_notify('hikyaku_due', 'one')`);
    await expect.poll(() => heard).toEqual(['', 'one']);
    await killAll('listener');
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['', 'one', '']);
    await db.worker.query(`select pg_notify('hikyaku_due', 'two')`);
    await expect.poll(() => heard).toEqual(['', 'one', '', 'two']);
    await subscription.close();
    await db.worker.query(`select pg_notify('hikyaku_due', 'three')`);
    expect(heard).toHaveLength(4);
    await closeDb(cut);
  });

  it('scopes do not stand in for each other', () => {
    expectTypeOf<TenantScope>().not.toExtend<StaffScope>();
    expectTypeOf<StaffScope>().not.toExtend<TenantScope>();
    expectTypeOf<WorkerScope>().not.toExtend<TenantScope>();
    expectTypeOf<TenantScope['prisma']>().not.toHaveProperty('$queryRawUnsafe');
    expectTypeOf<TenantScope['prisma']>().not.toHaveProperty('$executeRawUnsafe');
  });
});
