/** What a worker is started with and cannot work with is refused at once, by name, and nothing is begun. */
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { startWorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test.each([
  [
    'a route to nowhere',
    { routes: 'ok.example = 127.0.0.1:9\n* = 0.0.0.0:25\n' },
    /line 2: "\* = 0\.0\.0\.0:25"/,
  ],
  ['a routes file that is not there', { env: { ROUTES_FILE: '/no/such/file' } }, /ROUTES_FILE: /],
  ['a retention of nothing', { env: { LOG_RETENTION_MONTHS: '0' } }, /LOG_RETENTION_MONTHS: /],
] as const)('%s ends the start with a sentence', async (_, options, sentence) => {
  const routes = '* = 127.0.0.1:9\n';
  await expect(startWorkerProcess({ database, routes, ...options })).rejects.toThrow(sentence);
});
