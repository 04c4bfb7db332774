/** Delivery over real sockets into a real log: what the receiver journalled is what the log says, row by row. */
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
  receiver = await startReceiverProcess({});
  scenario = await openScenario(database.superuserUrl);
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: { leaseMs: 15_000 },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

test('2,000 recipients are accepted once each, and log = journal', async () => {
  const tenantId = await scenario.tenant();
  const emails = Array.from({ length: 2_000 }, (_, i) => `p${i}@d${i % 40}.example`);
  const campaignId = await scenario.campaign({
    tenantId,
    listId: await scenario.list(tenantId, emails),
  });
  await scenario.finished(campaignId);
  expect(await scenario.states(campaignId)).toEqual({ accepted: 2_000 });
  const journal = receiver.accepted();
  expect(journal.map((row) => row.recipient).sort()).toEqual([...emails].sort());
  const events = await scenario.query<{ id: string; n: number }>(
    `select delivery_id as id, count(*)::int as n from delivery_event where campaign_id = $1 and disposition = 'accepted' group by 1`,
    [campaignId],
  );
  expect(events).toHaveLength(2_000);
  expect(events.every((event) => event.n === 1)).toBe(true);
  expect(new Set(journal.map((row) => row.headerDeliveryId))).toEqual(
    new Set(events.map((event) => event.id)),
  );
});
