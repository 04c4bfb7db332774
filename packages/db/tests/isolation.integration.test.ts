import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAuth, asStaff, type DbError, withTenant } from '../src/index.ts';
import { openTestDb, type TestDb } from './database.ts';
import { probeIsolation } from './isolation.ts';
import { makeWorld, type World } from './world.ts';

describe('tenants in one database', () => {
  let db: TestDb;
  let a: World;
  let b: World;

  beforeAll(async () => {
    db = await openTestDb(4);
    a = await makeWorld(db, 'sakura');
    b = await makeWorld(db, 'momiji');
  });
  afterAll(() => db.end());

  it('neither sees, changes, deletes nor makes rows of the other, in any table', async () => {
    expect(await probeIsolation(db, a, b)).toEqual([]);
  });

  it('600 scopes over 4 connections, 100 at a time, never see the other tenant', async () => {
    const look = (world: World) =>
      withTenant(db.app, world.tenantId, async (scope) => {
        const lists = await scope.prisma.list.findMany({ select: { tenantId: true } });
        const sql = await scope.sql<{ t: string }>`select distinct tenant_id as t from recipient`;
        const ids = [...lists.map((list) => list.tenantId), ...sql.map((row) => row.t)];
        return ids.length > 1 && ids.every((id) => id === world.tenantId);
      });
    for (let wave = 0; wave < 6; wave++) {
      const seen = await Promise.all(Array.from({ length: 100 }, (_, i) => look(i % 2 ? a : b)));
      expect(seen.filter((isRight) => !isRight)).toEqual([]);
    }
  });

  it('scopes that fail in between leak neither rows nor their tenant', async () => {
    const name = `doomed ${randomUUID()}`;
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, async (_, i) => {
        const { tenantId } = i % 2 ? a : b;
        return withTenant(db.app, tenantId, async ({ prisma, sql }) => {
          await prisma.list.create({ data: { tenantId, name } });
          if (i % 3 === 0) await sql`select 1 / 0`;
          if (i % 3 === 1) throw new Error('changed my mind');
          return 'kept';
        });
      }),
    );
    const kept = results.filter((result) => result.status === 'fulfilled').length;
    const counts = await Promise.all(
      [a, b].map(({ run }) => run(({ prisma }) => prisma.list.count({ where: { name } }))),
    );
    expect(kept).toBe(66);
    expect(counts.reduce((x, y) => x + y)).toBe(66);
  });

  it('a connection that served a tenant serves none afterwards', async () => {
    await withTenant(db.app, a.tenantId, async ({ sql }) => sql`select 1`);
    // A role that is allowed to read tenant tables, on the pool of the app role, without a tenant.
    const rows = await asAuth(
      db.app,
      ({ sql }) => sql<{ n: number }>`select count(*)::int as n from list`,
    );
    expect(rows).toEqual([{ n: 0 }]);
    await expect(
      asAuth(db.app, ({ prisma }) =>
        prisma.list.create({ data: { tenantId: a.tenantId, name: 'x' } }),
      ),
    ).rejects.toThrow();
  });

  it('a row that names the other tenant is refused, and so is a foreign key into it', async () => {
    await expect(
      a.run(({ prisma }) => prisma.list.create({ data: { tenantId: b.tenantId, name: 'x' } })),
    ).rejects.toThrow();
    const data = { tenantId: a.tenantId, email: 'x@x.example', emailKey: 'x', domain: 'x.example' };
    await expect(
      a.run(({ prisma }) => prisma.recipient.create({ data: { ...data, listId: b.listId } })),
    ).rejects.toThrow();
  });

  it.each(['', 'x', "' or true --", `${randomUUID()} `, null, undefined, {}])(
    'a tenant id of %j is refused before it reaches SQL',
    async (id) => {
      const refused = withTenant(db.app, id as string, async () => 'in').catch((e) => e);
      const error = await refused;
      expect(error).toBeInstanceOf(Error);
      if (typeof id === 'string') expect((error as DbError).code).toBe('INVALID_ID');
    },
  );

  it('a tenant that does not exist has no rows', async () => {
    const count = await withTenant(db.app, randomUUID(), ({ prisma }) => prisma.list.count());
    expect(count).toBe(0);
  });

  it('values in scope.sql are bound and never pasted', async () => {
    const evil = "'; drop table audit; --";
    const rows = await a.run(({ sql }) => sql<{ v: string }>`select ${evil} as v`);
    expect(rows).toEqual([{ v: evil }]);
  });

  it('staff see both; sign-in sees no lists at all', async () => {
    const both = await asStaff(db.staff, null, ({ prisma }) => prisma.list.count());
    expect(both).toBeGreaterThan(1);
    await expect(asAuth(db.auth, ({ sql }) => sql`select 1 from list`)).rejects.toThrow(/denied/);
  });
});

describe('a database where a policy was lost', () => {
  let db: TestDb;
  let a: World;
  let b: World;

  beforeAll(async () => {
    db = await openTestDb();
    a = await makeWorld(db, 'ume');
    b = await makeWorld(db, 'take');
  });
  afterAll(() => db.end());

  it.each([
    ['drop policy tenant_only on recipient', 'recipient: a tenant does not see its own rows'],
    ['alter table list disable row level security', "list: a tenant sees another's rows"],
    ['create policy open_door on template using (true)', "template: a tenant sees another's rows"],
    [
      'alter policy tenant_only on suppression with check (true)',
      'suppression: a row for another tenant went in',
    ],
  ])('%s: the probe sees it', async (mutation, sentence) => {
    await db.script(db.urls.ownerUrl, mutation);
    expect(await probeIsolation(db, a, b)).toContain(sentence);
  });
});
