/** What Prometheus reads of a worker that has just delivered, held against the receiver's own count. */
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let receiver: ReceiverProcess;
let worker: WorkerProcess;
let scenario: Scenario;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiverProcess({
    config: { destinations: [{ name: 'one', domains: ['*'], manners: { latencyMs: 20 } }] },
  });
  scenario = await openScenario(database.superuserUrl);
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: { busyMin: 20, sessionsPerSite: 3 },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

const scrape = async () => {
  const response = await fetch(`http://127.0.0.1:${worker.healthPort}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  return response.text();
};
const figure = (text: string, line: RegExp) => Number(line.exec(text)?.[1] ?? Number.NaN);

test('counts by disposition are the receiver’s; a lane shows its sessions while it delivers', async () => {
  const emails = Array.from({ length: 600 }, (_, i) => `p${i}@one.example`);
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, emails);
  const campaignId = await scenario.campaign({ tenantId, listId });
  const site = `site="127.0.0.1:${receiver.ports.one}",source="127.0.0.1"`;
  const open = new RegExp(`hikyaku_lane_sessions\\{${site},state="open"\\} (\\d+)`);
  await expect.poll(async () => figure(await scrape(), open), { timeout: 60_000 }).toBe(3);
  await scenario.finished(campaignId, 120_000);
  const text = await scrape();
  const [stats] = await receiver.stats();
  const accepted = /hikyaku_recipients_total\{disposition="accepted"\} (\d+)/;
  expect(figure(text, accepted)).toBe(600);
  expect(stats?.accepted).toBe(600);
  expect(figure(text, /hikyaku_log_up (\d)/)).toBe(1);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain(tenantId);
});
