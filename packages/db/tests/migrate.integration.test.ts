import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureRoles, migrate, runtimeUrls } from '../src/migrate/index.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const MAIN = fileURLToPath(new URL('../src/migrate/main.ts', import.meta.url));

/** An empty database beside the template's copy, in the same cluster, owned by the same role. */
describe('the migration runner', () => {
  let copy: TestDatabase;
  let ownerUrl: string;
  let migrationsDir: string;
  let count = 0;

  beforeAll(async () => {
    copy = await createTestDatabase();
  });
  afterAll(() => copy.drop());

  beforeEach(async () => {
    const name = `${new URL(copy.ownerUrl).pathname.slice(1)}_empty_${count++}`;
    await run(copy.ownerUrl, `create database ${name}`);
    const url = new URL(copy.ownerUrl);
    url.pathname = `/${name}`;
    ownerUrl = url.href;
    migrationsDir = mkdtempSync(join(tmpdir(), 'hikyaku-migrations-'));
    cpSync(MIGRATIONS, migrationsDir, { recursive: true });
  });
  afterEach(async () => {
    await run(copy.ownerUrl, `drop database ${new URL(ownerUrl).pathname.slice(1)} with (force)`);
    rmSync(migrationsDir, { recursive: true });
  });

  const add = (name: string, sql: string) => {
    mkdirSync(join(migrationsDir, name));
    writeFileSync(join(migrationsDir, name, 'migration.sql'), sql);
  };

  it('applies what is new, in order, and nothing the second time', async () => {
    add('20990101000000_b', 'insert into t values (2)');
    add('20980101000000_a', 'create table t (n int)');
    const first = await migrate({ ownerUrl, migrationsDir });
    expect(first.applied.slice(-2)).toEqual(['20980101000000_a', '20990101000000_b']);
    expect(await migrate({ ownerUrl, migrationsDir })).toEqual({ applied: [], total: first.total });
    expect(await run(ownerUrl, 'select n from t')).toEqual([{ n: 2 }]);
  });

  it('six at once apply each migration once', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => migrate({ ownerUrl, migrationsDir })),
    );
    expect(results.flatMap((result) => result.applied)).toHaveLength(results[0]?.total ?? -1);
    const rows = await run(
      ownerUrl,
      `select migration_name, applied_steps_count as steps, finished_at is not null as done, length(checksum) as sum
         from _prisma_migrations`,
    );
    expect(rows).toHaveLength(results[0]?.total ?? -1);
    expect(rows[0]).toMatchObject({ steps: 1, done: true, sum: 64 });
  });

  it('refuses a migration that was changed after it was applied', async () => {
    const { applied } = await migrate({ ownerUrl, migrationsDir });
    appendFileSync(join(migrationsDir, applied[0] ?? '', 'migration.sql'), '\n-- afterthought\n');
    await expect(migrate({ ownerUrl, migrationsDir })).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      message: expect.stringContaining(applied[0] ?? ''),
    });
  });

  it('a migration that fails leaves nothing behind and can be run again when it is repaired', async () => {
    await migrate({ ownerUrl, migrationsDir });
    add('20990101000000_bad', 'create table half (n int); select 1 / 0');
    await expect(migrate({ ownerUrl, migrationsDir })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('division by zero'),
    });
    expect(await run(ownerUrl, "select to_regclass('half') as t")).toEqual([{ t: null }]);
    writeFileSync(
      join(migrationsDir, '20990101000000_bad', 'migration.sql'),
      'create table half (n int)',
    );
    expect((await migrate({ ownerUrl, migrationsDir })).applied).toEqual(['20990101000000_bad']);
  });

  it('stops before a migration that another tool has left half done', async () => {
    await migrate({ ownerUrl, migrationsDir });
    await run(
      ownerUrl,
      `insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'x', '20970101000000_theirs')`,
    );
    await expect(migrate({ ownerUrl, migrationsDir })).rejects.toMatchObject({
      code: 'MIGRATION_UNFINISHED',
    });
  });

  it('an empty folder and a server that is not there are told apart', async () => {
    const empty = join(migrationsDir, 'none');
    await expect(migrate({ ownerUrl, migrationsDir: empty })).rejects.toMatchObject({
      code: 'MIGRATIONS_MISSING',
    });
    const nowhere = 'postgresql://x:y@127.0.0.1:1/x';
    await expect(migrate({ ownerUrl: nowhere, migrationsDir })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
    });
  });

  it('roles can sign in afterwards, several databases preparing them at once', async () => {
    const secret = secretOfCluster();
    await migrate({ ownerUrl, migrationsDir });
    await Promise.all(Array.from({ length: 4 }, () => ensureRoles({ ownerUrl, secret })));
    const urls = runtimeUrls(ownerUrl, secret);
    for (const url of Object.values(urls)) {
      expect(await run(url, 'select current_user = $1 as is', [new URL(url).username])).toEqual([
        { is: true },
      ]);
    }
    await run(urls.queue, 'create schema if not exists bullmq');
    await run(urls.queue, 'create table bullmq.job (id int)');
    await expect(run(urls.queue, 'select 1 from public.campaign')).rejects.toThrow(/denied/);
    await expect(run(urls.app, 'create table public.mine (id int)')).rejects.toThrow(/denied/);
  });

  // A batch of the roll-up was compiled anew each time: 10,000,000 events took twice as long, in one run of two, as its cost was reckoned.
  it('no statement of the product is compiled before it runs', async () => {
    const secret = secretOfCluster();
    await migrate({ ownerUrl, migrationsDir });
    await ensureRoles({ ownerUrl, secret });
    for (const url of Object.values(runtimeUrls(ownerUrl, secret)))
      expect(await run(url, 'show jit')).toEqual([{ jit: 'off' }]);
  });

  it('an owner that may not make roles is told so, unless they can sign in already', async (context) => {
    const secret = secretOfCluster();
    await migrate({ ownerUrl, migrationsDir });
    await ensureRoles({ ownerUrl, secret });
    const name = `hikyaku_poor_${Date.now()}`;
    await run(ownerUrl, `create role ${name} login password 'poor'`);
    const poor = new URL(ownerUrl);
    poor.username = name;
    poor.password = 'poor';
    try {
      await ensureRoles({ ownerUrl: poor.href, secret });
      const wrong = runtimeUrls(ownerUrl, 'another secret than the real one').app;
      const isTrusting = await run(wrong, 'select 1').then(
        () => true,
        () => false,
      );
      context.skip(isTrusting, 'this server trusts everybody');
      const refused = ensureRoles({ ownerUrl: poor.href, secret: new URL(wrong).password });
      await expect(refused).rejects.toMatchObject({
        code: 'ROLES_NOT_ALLOWED',
        message: expect.stringContaining('createrole'),
      });
    } finally {
      await run(ownerUrl, `drop role ${name}`);
    }
  });

  it('the command prints urls only when asked, and a plain line when it fails', async () => {
    const env = { ...process.env, DATABASE_URL: ownerUrl, HIKYAKU_SECRET: secretOfCluster() };
    const call = (args: string[], more = {}) =>
      spawnSync(process.execPath, [MAIN, ...args], { env: { ...env, ...more }, encoding: 'utf8' });
    const quiet = call([]);
    expect(quiet.stderr).toBe('');
    expect(JSON.parse(quiet.stdout)).toEqual({
      applied: expect.any(Array),
      total: expect.any(Number),
    });
    expect(Object.keys(JSON.parse(call(['--print-urls']).stdout).urls)).toEqual([
      'app',
      'auth',
      'staff',
      'worker',
      'queue',
    ]);
    const short = call([], { HIKYAKU_SECRET: 'short' });
    expect(short.status).toBe(1);
    expect(short.stderr).toMatch(/^SECRET_TOO_SHORT: .*\n$/);
    expect(call([], { DATABASE_URL: 'mysql://x/y' }).stderr).toMatch(/^DATABASE_URL_INVALID/);
  });

  /** Roles belong to the cluster, and other tests sign in with the passwords of this secret. */
  function secretOfCluster(): string {
    return new URL(copy.ownerUrl).password;
  }
});

describe('runtime urls', () => {
  it('keep host, database and parameters, and differ in role and password', () => {
    const urls = runtimeUrls(
      'postgresql://o:p@db.example:6543/mail?sslmode=require',
      'a'.repeat(32),
    );
    expect(urls.app).toMatch(
      /^postgresql:\/\/hikyaku_app:[\w-]{43}@db\.example:6543\/mail\?sslmode=require$/,
    );
    expect(new Set(Object.values(urls).map((url) => new URL(url).password)).size).toBe(5);
  });

  it('another secret gives other passwords, the same one the same', () => {
    const of = (secret: string) => runtimeUrls('postgresql://o@h/d', secret).worker;
    expect(of('a'.repeat(16))).toBe(of('a'.repeat(16)));
    expect(of('a'.repeat(16))).not.toBe(of('b'.repeat(16)));
  });
});

async function run(url: string, text: string, values?: unknown[]) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
