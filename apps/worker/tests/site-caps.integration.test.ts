/**
 * Caps of a site over several sources and workers, overrides by staff while a campaign runs, and what is written down of it:
 * real workers against a receiver that counts its sessions.
 */
import { asStaff, closeDb, type Db, listDestinations, openDb, setSiteOverride } from '@hikyaku/db';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const WAIT_MS = 120_000;
const LONG = { timeout: 300_000 };
const CAP = 5;

let database: TestDatabase;
let receiver: ReceiverProcess;
let scenario: Scenario;
let staff: Db;
const workers: WorkerProcess[] = [];
let site: string;

beforeAll(async () => {
  database = await createTestDatabase();
  staff = openDb({ url: database.staffUrl, max: 2 });
  receiver = await startReceiverProcess({
    journalSync: 'off',
    config: { destinations: [{ name: 'one', domains: ['*'], manners: { latencyMs: 40 } }] },
  });
  site = `127.0.0.1:${receiver.ports.one}`;
  scenario = await openScenario(database.superuserUrl);
  await override({ sessionsMaxAll: CAP });
  for (let i = 0; i < 2; i++)
    workers.push(
      await startWorkerProcess({
        database,
        routes: receiver.routes,
        env: { SOURCE_ADDRESSES: '127.0.0.1,127.0.0.2' },
        tuning: {
          ...{ leaseMs: 5_000, timerMs: 100, sessionsPerSite: 8, sessionsAtStart: 8, busyMin: 20 },
          ...{ lanesPerWorker: 1, statusMs: 300, shareMs: 300 },
        },
      }),
    );
});

afterAll(async () => {
  for (const worker of workers) await worker.stop(30_000);
  if (staff) await closeDb(staff);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

const override = (values: Parameters<typeof setSiteOverride>[1]['values']) =>
  asStaff(staff, null, (scope) => setSiteOverride(scope, { site, values, reason: 'A contract.' }));
const destination = async () =>
  (await asStaff(staff, null, (scope) => listDestinations(scope, { site })))[0];
const stats = async () =>
  (await receiver.stats())[0] as { sessionsOpen: number; sessionsPeak: number };

test(
  'two workers, a source each, never hold more sessions than the cap for all, and both get their part; a lower one binds within seconds',
  LONG,
  async () => {
    const count = 3_000;
    const emails = Array.from({ length: count }, (_, i) => `p${i}@one.example`);
    const tenantId = await scenario.tenant();
    const listId = await scenario.list(tenantId, emails);
    const campaignId = await scenario.campaign({ tenantId, listId });

    await expect
      .poll(async () => (await destination())?.lanes.map((lane) => lane.sessionsOpen).sort(), {
        timeout: WAIT_MS,
        interval: 100,
      })
      .toEqual([2, 3]);
    const { lanes = [] } = (await destination()) ?? {};
    expect(new Set(lanes.map(({ worker }) => worker)).size).toBe(2);
    expect(lanes.map(({ source }) => source)).toEqual(['127.0.0.1', '127.0.0.2']);
    for (const lane of lanes) expect(lane).toMatchObject({ sessionsCap: CAP, failures: 0 });
    expect((await stats()).sessionsPeak).toBeLessThanOrEqual(CAP);

    await override({ sessionsMaxAll: 2 });
    await expect
      .poll(async () => (await stats()).sessionsOpen, { timeout: 20_000, interval: 100 })
      .toBeLessThanOrEqual(2);
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await stats()).sessionsOpen).toBeLessThanOrEqual(2);
    }
    await override({ sessionsMaxAll: 8 });
    await scenario.finished(campaignId, WAIT_MS);
    expect(await scenario.states(campaignId)).toEqual({ accepted: count });
    expect(receiver.accepted()).toHaveLength(count);
    expect((await stats()).sessionsPeak).toBeLessThanOrEqual(8);

    // What is written down in passing adds up to what the log says, once the last of it is written.
    const counted = async () =>
      (await scenario.query<{ n: number }>('select sum(accepted)::int as n from site_hour'))[0]?.n;
    await expect.poll(counted, { timeout: 10_000 }).toBe(count);
    expect((await destination())?.day).toEqual({ accepted: count, deferred: 0, bounced: 0 });
    expect((await destination())?.domains).toEqual(['one.example']);
    const paces = await scenario.query<{ pace: number }>(
      'select pace from campaign_lane where campaign_id = $1',
      [campaignId],
    );
    expect(paces.every(({ pace }) => pace > 0)).toBe(true);
  },
);

test('a worker killed with -9 frees its part when its lease has run out', LONG, async () => {
  await override({ sessionsMaxAll: 3 });
  const emails = Array.from({ length: 900 }, (_, i) => `q${i}@one.example`);
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, emails);
  const campaignId = await scenario.campaign({ tenantId, listId });
  await scenario.until(campaignId, (states) => (states.accepted ?? 0) > 100, WAIT_MS);
  await workers.pop()?.kill();
  await scenario.finished(campaignId, WAIT_MS);
  const states = await scenario.states(campaignId);
  expect((states.accepted ?? 0) + (states.unknown ?? 0)).toBe(900);
});
