/**
 * Promises by name, with real processes: P3 (a session once gained is kept), P4 (shares in a lane, and never more sessions than
 * the cap), P11 (a speed says what the receiver and the log say).
 */
import {
  asStaff,
  closeDb,
  type Db,
  openDb,
  setSiteOverride,
  totalsOverTime,
  withTenant,
} from '@hikyaku/db';
import { campaignSpeed } from '@hikyaku/reports';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const WAIT_MS = 180_000;
const LONG = { timeout: 400_000 };
const CAP = 4;
const BUCKET_MS = 1_000;

let database: TestDatabase;
let receiver: ReceiverProcess;
let scenario: Scenario;
let worker: WorkerProcess;
let staff: Db;
let app: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  staff = openDb({ url: database.staffUrl, max: 2 });
  app = openDb({ url: database.appUrl, max: 2 });
  const latency = { manners: { latencyMs: 50 } };
  receiver = await startReceiverProcess({
    journalSync: 'off',
    config: {
      destinations: [
        { name: 'kept', domains: ['kept.example'], ...latency },
        { name: 'shared', domains: ['shared.example'], ...latency },
        {
          name: 'slow',
          domains: ['slow.example'],
          manners: { latencyMs: 20, deferShare: 0.2, deferFirstAttemptOnly: true },
        },
      ],
    },
  });
  scenario = await openScenario(database.superuserUrl);
  await asStaff(staff, null, async (scope) => {
    for (const name of ['kept', 'shared'])
      await setSiteOverride(scope, {
        site: `127.0.0.1:${receiver.ports[name]}`,
        values: { sessionsMax: CAP },
        reason: 'A carrier’s cap.',
      });
  });
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: {
      leaseMs: 10_000,
      timerMs: 100,
      sessionsPerSite: 20,
      sessionsAtStart: CAP,
      busyMin: 20,
    },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  for (const db of [staff, app]) if (db) await closeDb(db);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

async function campaignOf(count: number, domain: string) {
  const tenantId = await scenario.tenant();
  const emails = Array.from({ length: count }, (_, i) => `p${i}@${domain}`);
  const listId = await scenario.list(tenantId, emails);
  return { tenantId, campaignId: await scenario.campaign({ tenantId, listId }) };
}

async function statsOf(name: string) {
  const found = (await receiver.stats()).find((one) => one.name === name);
  if (!found) throw new Error(`no destination ${name}`);
  return found;
}

test(
  'P3: a thousand personal messages go through the few sessions that were opened at first',
  LONG,
  async () => {
    const { campaignId } = await campaignOf(1_000, 'kept.example');
    await scenario.finished(campaignId, WAIT_MS);
    const { transactions, sessions, sessionsPeak } = await statsOf('kept');
    expect(transactions).toBe(1_000);
    expect(sessionsPeak).toBeLessThanOrEqual(CAP);
    expect(transactions / sessions).toBeGreaterThanOrEqual(1_000 / (2 * CAP));
  },
);

test(
  'P4: 300 people beside 10,000 in the same lane are done within 1.5× of their time at half the lane’s rate, and the cap holds',
  LONG,
  async () => {
    const big = await campaignOf(10_000, 'shared.example');
    await scenario.until(big.campaignId, (states) => (states.accepted ?? 0) > 200, WAIT_MS);
    const small = await campaignOf(300, 'shared.example');
    await scenario.finished(small.campaignId, WAIT_MS);
    // From the log: how long the small one took from its first attempt, and how fast the lane was meanwhile, both together.
    const [took] = await scenario.query<{ ms: number; both: number; lanes: number }>(
      `with small as (select min(at) as first, max(at) as last from delivery_event where campaign_id = $1)
     select extract(epoch from last - first)::float8 * 1000 as ms,
            (select count(*)::int from delivery_event where at between first and last) as both,
            (select count(distinct lane_id)::int from delivery where campaign_id = any($2)) as lanes
       from small`,
      [small.campaignId, [small.campaignId, big.campaignId]],
    );
    expect(took?.lanes).toBe(1);
    const { ms, both } = took as { ms: number; both: number };
    const atHalfRateMs = 300 / (both / ms / 2);
    expect(ms / atHalfRateMs, `${ms} ms for 300 beside ${both - 300} others`).toBeLessThanOrEqual(
      1.5,
    );
    const states = await scenario.states(big.campaignId);
    expect(states.waiting ?? 0, 'the big one goes on long after').toBeGreaterThan(1_000);
    const { sessionsPeak, connectionsRefused } = await statsOf('shared');
    expect({ sessionsPeak, connectionsRefused }).toEqual({
      sessionsPeak: CAP,
      connectionsRefused: 0,
    });
    await scenario.query(
      "update campaign set state = 'cancelled', finished_at = now() where id = $1",
      [big.campaignId],
    );
  },
);

test('P11: what a report says of speed is what the receiver’s journal says', LONG, async () => {
  const count = 800;
  const { tenantId, campaignId } = await campaignOf(count, 'slow.example');
  await scenario.finished(campaignId, WAIT_MS);
  const buckets = await withTenant(app, tenantId, (scope) =>
    totalsOverTime(scope, campaignId, { bucketMs: BUCKET_MS }),
  );
  const [launched] = await scenario.query<{ ms: number }>(
    'select extract(epoch from launched_at)::float8 * 1000 as ms from campaign where id = $1',
    [campaignId],
  );
  const startMs = launched?.ms ?? 0;
  const speed = campaignSpeed({
    buckets: buckets.map(({ at, ...counts }) => ({
      ...{ ...counts, fromMs: at.getTime(), lengthMs: BUCKET_MS },
    })),
    ...{ startMs, closed: [], total: count },
  });
  const journal = receiver.journal().filter(({ destination }) => destination === 'slow');
  const accepted = journal.filter(({ event }) => event === 'accepted');
  const refused = journal.filter(({ event }) => event === 'refused');
  expect(refused.length).toBeGreaterThan(0);
  expect(speed).toMatchObject({ accepted: accepted.length, firstAttempts: count });
  // Each was put off once, and came once more.
  expect(speed.retries).toBe(refused.length);
  const times = accepted.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const lastMs = (times.at(-1) ?? 0) - startMs;
  expect(Math.abs(speed.tookMs - lastMs)).toBeLessThanOrEqual(2 * BUCKET_MS);
  for (const [share, key] of [
    [0.5, 'p50Ms'],
    [0.9, 'p90Ms'],
    [0.99, 'p99Ms'],
  ] as const) {
    const journalMs = (times[Math.ceil(count * share) - 1] ?? 0) - startMs;
    expect(Math.abs((speed.shares[key] ?? 0) - journalMs), key).toBeLessThanOrEqual(2 * BUCKET_MS);
  }
  const perHour = (accepted.length * 3_600_000) / lastMs;
  expect(Math.abs((speed.perHour ?? 0) / perHour - 1)).toBeLessThan(
    (2 * BUCKET_MS) / lastMs + 0.01,
  );
  expect(speed.meanBytes).toBeGreaterThan(300);
});
