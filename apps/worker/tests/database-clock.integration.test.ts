/** F18: a worker whose own clock jumped by a day expired everything that waited. Now all workers read the database's. */
import { asWorker, closeDb, type Db, openDb } from '@hikyaku/db';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startDatabaseClock } from '../src/database-clock.ts';

const DAY_MS = 86_400_000;
let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDb({ url: database.workerUrl, max: 1 });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await closeDb(db);
  await database.drop();
});

test('a clock of the machine that is a day ahead, or jumps, does not move it; the difference is said', async () => {
  const realMs = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: realMs + DAY_MS });
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const clock = await startDatabaseClock(asWorker(db), logger);
  expect(JSON.parse(lines[0] ?? '{}').apartMs).toBeGreaterThan(DAY_MS - 60_000);
  const first = clock.nowMs();
  expect(Math.abs(first - realMs)).toBeLessThan(60_000);
  vi.setSystemTime(realMs - DAY_MS);
  expect(clock.nowMs() - first).toBeGreaterThanOrEqual(0);
  expect(clock.nowMs() - first).toBeLessThan(60_000);
  clock.stop();
});

test('without a database there is no clock, and the worker does not start', async () => {
  const away = openDb({ url: 'postgresql://nobody@127.0.0.1:1/none', max: 1 });
  await expect(startDatabaseClock(asWorker(away), pino({ level: 'silent' }))).rejects.toThrow();
  await closeDb(away);
});
