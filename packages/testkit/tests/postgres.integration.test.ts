import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { createTestDatabase, startPostgres } from '../src/postgres.mjs';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('a kept folder has its rows and its password again after a stop', async () => {
  const dataDir = join(folder(), 'data');
  const first = await startPostgres({ dataDir });
  cleanups.push(first.stop);
  await query(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await startPostgres({ dataDir });
  cleanups.push(second.stop);
  expect([first.isFresh, second.isFresh]).toEqual([true, false]);
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('kill -9 of the server loses no committed row, and the stale pid file does not block', async () => {
  const dataDir = join(folder(), 'data');
  const first = await startPostgres({ dataDir });
  await query(first.url, 'create table kept as select generate_series(1, 1000) as n');
  process.kill(first.pid, 'SIGKILL');
  expect(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')).toContain(String(first.pid));
  const second = await startPostgres({ dataDir });
  cleanups.push(second.stop);
  expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
});

test('a taken port gives way to another, and loopback is the only address', async () => {
  const busy = createServer();
  await new Promise<void>((ready) => busy.listen(0, '127.0.0.1', ready));
  cleanups.push(() => busy.close());
  const { port } = busy.address() as { port: number };
  const server = await startPostgres({ port });
  cleanups.push(server.stop);
  expect(server.port).toBeGreaterThan(port);
  expect(await query(server.url, 'show listen_addresses')).toEqual([
    { listen_addresses: '127.0.0.1' },
  ]);
});

test('the server is UTF-8 with the C locale, and refuses a wrong password', async () => {
  const server = await startPostgres();
  cleanups.push(server.stop);
  const [facts] = await query(
    server.url,
    "select current_setting('server_encoding') as encoding, datcollate from pg_database where datname = 'postgres'",
  );
  expect(facts).toEqual({ encoding: 'UTF8', datcollate: 'C' });
  const wrong = new URL(server.url);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
});

test('settings override the defaults', async () => {
  const server = await startPostgres({ settings: { max_connections: '17' } });
  cleanups.push(server.stop);
  expect(await query(server.url, 'show max_connections')).toEqual([{ max_connections: '17' }]);
});

test('two test databases do not see each other, and drop ends open connections', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  cleanups.push(two.drop);
  await query(one.ownerUrl, 'create table only_here (n int)');
  expect(await query(two.ownerUrl, "select to_regclass('only_here') as found")).toEqual([
    { found: null },
  ]);
  const open = new pg.Client({ connectionString: one.ownerUrl });
  open.on('error', () => {});
  await open.connect();
  await one.drop();
  await sleep(50);
  await expect(query(one.ownerUrl, 'select 1')).rejects.toThrow(/does not exist/);
  await open.end().catch(() => {});
});

test('the owner of a test database is no superuser, so forced row-level security binds it', async () => {
  const database = await createTestDatabase();
  cleanups.push(database.drop);
  const rows = await query(
    database.ownerUrl,
    'select rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hikyaku-test-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
