/** Bulk mode over real sockets: P1, one content for many recipients; P2, a limit that nobody publishes is learned. */
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const NOTICE = { subject: 'お知らせ', html: '<p>保守を行います。</p>', text: '保守を行います。\n' };

let database: TestDatabase;
let receiver: ReceiverProcess;
let worker: WorkerProcess;
let scenario: Scenario;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiverProcess({
    config: {
      destinations: [
        { name: 'plain', domains: ['plain.example'] },
        {
          name: 'capped',
          domains: ['capped.example'],
          // Slow enough that the cap can change in the middle.
          manners: { recipientsMaxPerTransaction: 37, latencyMs: 20 },
        },
      ],
    },
  });
  scenario = await openScenario(database.superuserUrl);
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: { sessionsPerSite: 1, sessionsAtStart: 1, leaseMs: 15_000 },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

async function bulkTo(emails: string[]): Promise<string> {
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, emails);
  return scenario.campaign({ tenantId, listId, content: NOTICE, mode: 'bulk' });
}

const rowsAt = (destination: string, event: string) =>
  receiver.journal().filter((row) => row.destination === destination && row.event === event);

const transactionsIn = (rows: { session: string; transaction: number }[]) =>
  new Set(rows.map((row) => `${row.session} ${row.transaction}`)).size;

/** Spread through each other, as in a list of people: many dead addresses in a row look like a block. */
const mixed = (...lists: string[][]) =>
  lists
    .flatMap((list) => list.map((email, i) => ({ email, at: (i + 0.5) / list.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ email }) => email);

test('P1: a hundred recipients share a transaction; who is refused or deferred in it is settled apart', async () => {
  const dead = Array.from({ length: 20 }, (_, i) => `unknown-${i}@plain.example`);
  const busy = Array.from({ length: 15 }, (_, i) => `tempfail-once-${i}@plain.example`);
  const good = Array.from({ length: 965 }, (_, i) => `p${i}@plain.example`);
  const campaignId = await bulkTo(mixed(good, dead, busy));
  await scenario.finished(campaignId);
  expect(await scenario.states(campaignId)).toEqual({ accepted: 980, bounced: 20 });
  const accepted = rowsAt('plain', 'accepted');
  expect(accepted.map((row) => row.recipient).sort()).toEqual([...good, ...busy].sort());
  expect(transactionsIn(accepted)).toBeLessThan(25);
  const events = await scenario.query<{ email: string; dispositions: string[]; mode: string }>(
    `select d.email, array_agg(e.disposition::text order by e.attempt) as dispositions, min(e.mode::text) as mode
       from delivery d join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id
      where d.campaign_id = $1 group by 1`,
    [campaignId],
  );
  const byEmail = new Map(events.map((row) => [row.email, row]));
  for (const email of good) expect(byEmail.get(email)?.dispositions).toEqual(['accepted']);
  for (const email of dead) expect(byEmail.get(email)?.dispositions).toEqual(['bounced']);
  for (const email of busy) expect(byEmail.get(email)?.dispositions.at(-1), email).toBe('accepted');
  expect(new Set(events.map((row) => row.mode))).toEqual(new Set(['bulk']));
});

test('P2: a cap of 37 that drops to 20 in mid-campaign is relearned within three transactions, and nobody is lost or doubled', async () => {
  const emails = Array.from({ length: 3_000 }, (_, i) => `p${i}@capped.example`);
  const campaignId = await bulkTo(emails);
  await scenario.until(campaignId, (states) => (states.accepted ?? 0) >= 600);
  await receiver.setManners('capped', { recipientsMaxPerTransaction: 20 });
  const changedAt = new Date().toISOString();
  await scenario.finished(campaignId);
  expect(await scenario.states(campaignId)).toEqual({ accepted: 3_000 });
  const accepted = rowsAt('capped', 'accepted');
  expect(accepted.map((row) => row.recipient).sort()).toEqual([...emails].sort());

  const tooMany = rowsAt('capped', 'refused').filter((row) => row.reply?.includes('4.5.3'));
  const before = tooMany.filter((row) => row.at < changedAt);
  const after = tooMany.filter((row) => row.at >= changedAt);
  expect(transactionsIn(before), 'learned 37').toBeLessThanOrEqual(3);
  // One transaction was under way when the cap changed.
  expect(transactionsIn(after), 'relearned 20').toBeLessThanOrEqual(4);
  const sizes = [...Map.groupBy(accepted, (row) => `${row.session} ${row.transaction}`).values()];
  expect(Math.max(...sizes.map((rows) => rows.length))).toBe(37);
  expect(sizes.at(-2)?.length).toBe(20);
  await expect
    .poll(() => scenario.query(`select field, value, reason from site_learned where site like '%'`))
    .toMatchObject([{ field: 'recipientsMax', value: 20, reason: expect.stringContaining('20') }]);
});
