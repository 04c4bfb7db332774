/** Killed with -9 twenty times in mid-campaign: nothing is lost, nothing is sent twice, unknowns are few and listed. */
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const KILLS = 20;
const SESSIONS = 8;
const RECIPIENTS = 6_000;

let database: TestDatabase;
let receiver: ReceiverProcess;
let scenario: Scenario;

beforeAll(async () => {
  database = await createTestDatabase();
  // Slow enough that twenty kills fall into one campaign.
  receiver = await startReceiverProcess({
    config: { destinations: [{ name: 'all', domains: ['*'], manners: { latencyMs: 25 } }] },
  });
  scenario = await openScenario(database.superuserUrl);
});

afterAll(async () => {
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

test(`killing the worker with -9 ${KILLS} times loses nothing and sends nothing twice`, {
  timeout: 400_000,
}, async () => {
  const tenantId = await scenario.tenant();
  const emails = Array.from({ length: RECIPIENTS }, (_, i) => `p${i}@crash.example`);
  const campaignId = await scenario.campaign({
    tenantId,
    listId: await scenario.list(tenantId, emails),
  });
  const start = () =>
    startWorkerProcess({
      database,
      routes: receiver.routes,
      tuning: {
        leaseMs: 2_000,
        timerMs: 100,
        sessionsPerSite: SESSIONS,
        sessionsAtStart: SESSIONS,
      },
    });

  /** Of workers, in the database. */
  const backends = async () => {
    const [row] = await scenario.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
        where datname = current_database() and application_name like 'hikyaku-%'`,
    );
    return row?.count ?? 0;
  };

  let unknownBefore = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = receiver.accepted().length;
    const worker = await start();
    // A different point each time: after a few more messages and a few more milliseconds.
    await waitFor(() => receiver.accepted().length >= before + 20 + kill * 3);
    await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 40));
    await worker.kill();
    // A fence that was on its way may still commit; it belongs to this kill, not to the next.
    await waitFor(async () => (await backends()) === 0);
    const states = await scenario.states(campaignId);
    expect(states.waiting ?? 0, 'the kill fell into the campaign').toBeGreaterThan(0);
    const unknown = (states.unknown ?? 0) + (states.sending ?? 0);
    expect(unknown - unknownBefore).toBeLessThanOrEqual(2 * SESSIONS);
    unknownBefore = unknown;
  }

  const last = await start();
  await scenario.finished(campaignId, 120_000);
  expect(await last.stop(30_000)).toBe(0);

  const states = await scenario.states(campaignId);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(RECIPIENTS);
  expect(Object.keys(states).sort()).toEqual(['accepted', 'unknown']);
  const copies = new Map<string, number>();
  for (const { recipient } of receiver.accepted())
    copies.set(recipient as string, (copies.get(recipient as string) ?? 0) + 1);
  expect([...copies.values()].filter((count) => count > 1)).toEqual([]);
  const rows = await scenario.query<{ email: string; state: string; events: number }>(
    `select d.email, d.state, count(e.*)::int as events from delivery d
       left join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id and e.disposition::text = d.state::text
      where d.campaign_id = $1 group by 1, 2`,
    [campaignId],
  );
  expect(rows.filter((row) => row.events !== 1)).toEqual([]);
  expect(rows.filter((row) => row.state === 'accepted' && !copies.has(row.email))).toEqual([]);
});

async function waitFor(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline)
      throw new Error('what the test waits for did not come within a minute');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
