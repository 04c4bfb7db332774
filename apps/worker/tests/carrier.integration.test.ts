/** P4 with a real carrier's manners: it allows five connections and resets the sixth. */
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ALLOWED = 5;
/** A minute of the policies lasts two seconds here. */
const MINUTE_MS = 2_000;

let database: TestDatabase;
let receiver: ReceiverProcess;
let worker: WorkerProcess;
let scenario: Scenario;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiverProcess({
    config: {
      destinations: [
        {
          name: 'carrier',
          domains: ['carrier.example'],
          manners: { connectionsMaxPerSource: ALLOWED, overConnections: 'reset', latencyMs: 20 },
        },
      ],
    },
  });
  scenario = await openScenario(database.superuserUrl);
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: { timeScale: MINUTE_MS / 60_000, sessionsPerSite: 20, leaseMs: 15_000 },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

test('P4: a carrier that allows five connections and resets more refuses at most one a minute after the first', async () => {
  const emails = Array.from({ length: 2_500 }, (_, i) => `p${i}@carrier.example`);
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, emails);
  const campaignId = await scenario.campaign({ tenantId, listId });
  await scenario.finished(campaignId, 120_000);
  expect(await scenario.states(campaignId)).toEqual({ accepted: emails.length });
  expect(receiver.accepted()).toHaveLength(emails.length);
  const [stats] = await receiver.stats();
  expect(stats?.sessionsPeak).toBe(ALLOWED);
  expect(stats?.connectionsRefused, 'it tried for more').toBeGreaterThan(1);
  const refusedAtMs = receiver
    .journal()
    .filter((row) => row.phase === 'connect')
    .map((row) => Date.parse(row.at));
  expect(refusedAtMs).toHaveLength(stats?.connectionsRefused ?? 0);
  // By the receiver's clock: the next try can only come later than the worker meant it to.
  const gaps = refusedAtMs.slice(1).map((atMs, i) => atMs - (refusedAtMs[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MINUTE_MS - 2);
});
