/** P7, P8 and P9 of the product with real processes: what goes out, how often and when is the receiver's word. */
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SESSIONS = 4;
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7];

let database: TestDatabase;
let receiver: ReceiverProcess;
let worker: WorkerProcess;
let scenario: Scenario;
let tenantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiverProcess({
    config: {
      destinations: [
        {
          name: 'retrying',
          domains: ['retrying.example'],
          manners: { deferShare: 0.3, latencyMs: 5 },
        },
        { name: 'night', domains: ['night.example'], manners: { deferShare: 0.5, latencyMs: 20 } },
        { name: 'logged', domains: ['logged.example'], manners: { latencyMs: 10 } },
      ],
    },
  });
  scenario = await openScenario(database.superuserUrl);
  tenantId = await scenario.tenant();
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: {
      leaseMs: 15_000,
      sessionsPerSite: SESSIONS,
      sessionsAtStart: SESSIONS,
      timeouts: { dotMs: 500 },
    },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

async function campaignTo(emails: string[]): Promise<string> {
  const listId = await scenario.list(tenantId, emails);
  return scenario.campaign({ tenantId, listId });
}

const people = (count: number, domain: string, prefix = 'p') =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}@${domain}`);

const at = (destination: string) =>
  receiver.accepted().filter((row) => row.destination === destination);

/** Log and journal hold the same people, each once, of those the log calls accepted. */
async function expectLogIsJournal(campaignId: string, destination: string, extra: string[] = []) {
  const logged = await scenario.query<{ email: string }>(
    `select d.email from delivery_event e join delivery d on d.tenant_id = e.tenant_id and d.id = e.delivery_id
      where e.campaign_id = $1 and e.disposition = 'accepted'`,
    [campaignId],
  );
  const journal = at(destination).map((row) => row.recipient as string);
  expect(journal.sort()).toEqual([...logged.map(({ email }) => email), ...extra].sort());
}

test('P7: retries and lost replies stay in one table and on the same sessions, and nobody gets a second copy', async () => {
  const lost = people(12, 'retrying.example', 'drop-after-dot-');
  const good = people(400, 'retrying.example');
  const campaignId = await campaignTo([...good, ...lost]);
  await scenario.finished(campaignId, 120_000);
  expect(await scenario.states(campaignId)).toEqual({ accepted: 400, unknown: 12 });
  // The receiver took what it never answered for: one copy each, and the log says that it does not know.
  await expectLogIsJournal(campaignId, 'retrying', lost);
  const attempts = await scenario.query<{ retried: number; total: number }>(
    'select count(*) filter (where attempts > 1)::int as retried, count(*)::int as total from delivery where campaign_id = $1',
    [campaignId],
  );
  expect(attempts[0]?.retried).toBeGreaterThan(50);
  const [stats] = (await receiver.stats()).filter(({ name }) => name === 'retrying');
  // Each lost reply ends its session; beside those, retries need none of their own.
  expect(stats?.sessions).toBeLessThan(lost.length + 8 * SESSIONS);
  expect(stats?.sessionsPeak).toBeLessThanOrEqual(SESSIONS);
});

test('P8: a window that closes in mid-campaign binds every attempt, retries first of all', async () => {
  const campaignId = await campaignTo(people(4_000, 'night.example'));
  await scenario.until(campaignId, (states) => (states.accepted ?? 0) > 50);
  const closesAtMs = Math.ceil((Date.now() + 2_500) / 1_000) * 1_000;
  await scenario.query('update campaign set "window" = $2 where id = $1', [
    campaignId,
    JSON.stringify(windowUntil(closesAtMs)),
  ]);
  await scenario.query(`select pg_notify('hikyaku_due', '')`);
  await new Promise((resolve) => setTimeout(resolve, closesAtMs - Date.now() + 1_500));
  const outside = receiver
    .journal()
    .filter((row) => row.destination === 'night' && Date.parse(row.at) >= closesAtMs);
  expect(outside).toEqual([]);
  const states = await scenario.states(campaignId);
  expect(states.waiting).toBeGreaterThan(0);
  expect(states.sending).toBeUndefined();
  // Retries that do not fit any more wait for the next opening, which is tomorrow.
  const [retries] = await scenario.query<{ count: number; soonest: Date }>(
    `select count(*)::int as count, min(next_attempt_at) as soonest from delivery
      where campaign_id = $1 and state = 'waiting' and attempts > 0 and next_attempt_at > now()`,
    [campaignId],
  );
  expect(retries?.count).toBeGreaterThan(0);
  expect(retries?.soonest.getTime()).toBeGreaterThan(closesAtMs + 3_600_000);
  const [due] = await scenario.query<{ at: Date }>(
    'select min(next_due_at) as at from campaign_lane where campaign_id = $1 and done_at is null',
    [campaignId],
  );
  expect(due?.at.getTime()).toBeGreaterThan(closesAtMs + 3_600_000);
});

test('P9: while the log cannot be written nothing is sent, and afterwards it holds every row', async () => {
  const COUNT = 3_000;
  const campaignId = await campaignTo(people(COUNT, 'logged.example'));
  await scenario.until(campaignId, (states) => (states.accepted ?? 0) > 200);
  const blocker = new pg.Client({ connectionString: database.superuserUrl });
  await blocker.connect();
  await blocker.query('begin; lock table delivery_event in access exclusive mode');
  // What was fenced before the lock may still arrive: two messages a session at the most.
  const logged = await scenarioCount(blocker, campaignId);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const during = at('logged').length;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(at('logged').length, 'the journal stands still').toBe(during);
  expect(during - logged).toBeLessThanOrEqual(2 * SESSIONS);
  await blocker.query('rollback');
  await blocker.end();
  await scenario.finished(campaignId, 120_000);
  expect(await scenario.states(campaignId)).toEqual({ accepted: COUNT });
  await expectLogIsJournal(campaignId, 'logged');
});

/** By the transaction that holds the lock, which alone can still read the log. */
async function scenarioCount(client: pg.Client, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from delivery_event where campaign_id = $1 and disposition = 'accepted'`,
    [campaignId],
  );
  return rows[0]?.count ?? 0;
}

/** A window that is open since an hour and closes at this second, in a zone where it is about noon. */
function windowUntil(closesAtMs: number): object {
  const hour = new Date(closesAtMs).getUTCHours();
  // POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
  const zone = `Etc/GMT${hour > 12 ? '+' : '-'}${Math.abs(hour - 12)}`;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' });
  const start = format.format(closesAtMs - 3_600_000).slice(0, 5);
  return { days: ALL_WEEK, start, end: format.format(closesAtMs), zone };
}
