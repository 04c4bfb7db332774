/** The queue only hands work out: on either backend a campaign completes, also when everything in the queue is lost. */
import { createTestDatabase, freePort, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { hasRedis, type RedisServer, startRedis } from '@hikyaku/testkit/redis-server';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const WAIT_MS = 120_000;
const LONG = { timeout: 240_000 };
const COUNT = 320;

let database: TestDatabase;
let receiver: ReceiverProcess;
let scenario: Scenario;
let tenantId: string;

const start = (redisUrl?: string) =>
  startWorkerProcess({
    database,
    routes: receiver.routes,
    redisUrl,
    // One lane at a time, so that others wait in the queue for their turn.
    tuning: { lanesPerWorker: 1, leaseMs: 1_500, timerMs: 100, sessionsPerSite: 4 },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiverProcess({
    journalSync: 'off',
    config: { destinations: [{ name: 'all', domains: ['*'], manners: { latencyMs: 20 } }] },
  });
  scenario = await openScenario(database.superuserUrl);
  tenantId = await scenario.tenant();
});

afterAll(async () => {
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

async function campaign(name: string): Promise<string> {
  const emails = Array.from({ length: COUNT }, (_, i) => `p${i}@${name}${i % 16}.example`);
  return scenario.campaign({ tenantId, listId: await scenario.list(tenantId, emails) });
}

async function expectEachOnce(campaignId: string): Promise<void> {
  expect(await scenario.states(campaignId)).toEqual({ accepted: COUNT });
  const rows = await scenario.query<{ id: string }>(
    'select id from delivery where campaign_id = $1',
    [campaignId],
  );
  const ids = new Set(rows.map((row) => row.id));
  const copies = receiver.accepted().filter(({ headerDeliveryId: id }) => id && ids.has(id));
  expect(copies).toHaveLength(COUNT);
  expect(new Set(copies.map((row) => row.headerDeliveryId)).size).toBe(COUNT);
}

/** Loses the queue when the campaign is asked for, while it is cut or begins, and in the middle. */
async function completesWithout(name: string, lose: () => Promise<unknown>): Promise<void> {
  const campaignId = await campaign(name);
  await lose();
  for (const share of [0.1, 0.3, 0.6]) {
    await scenario.until(campaignId, ({ accepted = 0 }) => accepted >= COUNT * share, WAIT_MS);
    expect((await scenario.states(campaignId)).waiting, 'in the middle').toBeGreaterThan(0);
    await lose();
  }
  await scenario.finished(campaignId, WAIT_MS);
  await expectEachOnce(campaignId);
}

describe('on Postgres', () => {
  let worker: WorkerProcess;
  beforeAll(async () => {
    worker = await start();
  });
  afterAll(async () => {
    await worker?.stop(30_000);
  });

  test('a campaign completes although every job is lost on the way', LONG, async () => {
    const tables = await scenario.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname = 'bullmq' and tablename not in ('meta', 'migration')`,
    );
    expect(tables.map((table) => table.name)).toContain('bullmq.job');
    const names = tables.map((table) => table.name).join(', ');
    await completesWithout('pg', () => scenario.query(`truncate ${names} cascade`));
  });
});

test('a queue database that is not there is named at the start', LONG, async () => {
  const url = new URL(database.queueUrl);
  url.port = String(await freePort());
  const starting = startWorkerProcess({
    database: { workerUrl: database.workerUrl, queueUrl: url.href },
    routes: '',
  });
  await expect(starting).rejects.toThrow(/The queue does not answer.*QUEUE_DATABASE_URL/);
});

describe.skipIf(!hasRedis())('on Redis', () => {
  let redis: RedisServer;
  let worker: WorkerProcess | undefined;
  beforeAll(async () => {
    redis = await startRedis();
    worker = await start(redis.url);
  });
  afterAll(async () => {
    await worker?.stop(30_000);
    await redis?.stop();
  });

  test('a campaign completes although Redis is flushed on the way', LONG, async () => {
    await completesWithout('redis', async () => {
      expect(await redis.command('FLUSHALL')).toBe('+OK');
    });
  });

  test(
    'a worker drains although Redis hangs, and the campaign goes on with the next',
    LONG,
    async () => {
      const campaignId = await campaign('hang');
      await scenario.until(campaignId, ({ accepted = 0 }) => accepted >= 20, WAIT_MS);
      redis.signal('SIGSTOP');
      try {
        expect(await worker?.stop(60_000)).toBe(0);
      } finally {
        redis.signal('SIGCONT');
      }
      worker = undefined;
      const states = await scenario.states(campaignId);
      expect(Object.keys(states).sort()).toEqual(['accepted', 'waiting']);
      worker = await start(redis.url);
      await scenario.finished(campaignId, WAIT_MS);
      await expectEachOnce(campaignId);
    },
  );

  test('a Redis that may drop keys is refused at the start, with what to do', LONG, async () => {
    await redis.command('CONFIG SET maxmemory-policy allkeys-lru');
    await expect(start(redis.url)).rejects.toThrow(
      /"allkeys-lru".*Set maxmemory-policy noeviction/,
    );
    await redis.command('CONFIG SET maxmemory-policy noeviction');
  });

  test('a Redis that is not there is named at the start', LONG, async () => {
    const port = await freePort();
    await expect(start(`redis://user:secret@127.0.0.1:${port}`)).rejects.toThrow(
      new RegExp(`Redis at 127\\.0\\.0\\.1:${port} does not answer`),
    );
  });
});
