/** What servers answer, and what the log makes of it: one test per manner, over real sockets. */
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
    tuning: { timeouts: { dotMs: 700 } },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

interface Row {
  email: string;
  state: string;
  attempts: number;
  category: string;
  phases: string[];
  dispositions: string[];
  texts: string[];
}

async function deliver(
  emails: string[],
  options: { tenantId?: string; expiryHours?: number } = {},
): Promise<Map<string, Row>> {
  const tenantId = options.tenantId ?? (await scenario.tenant());
  const listId = await scenario.list(tenantId, emails);
  const campaignId = await scenario.campaign({
    tenantId,
    listId,
    expiryHours: options.expiryHours,
  });
  await scenario.finished(campaignId);
  const rows = await scenario.query<Row>(
    `select d.email, d.state, d.attempts, d.category,
            array_agg(e.phase order by e.attempt) as phases, array_agg(e.disposition::text order by e.attempt) as dispositions,
            array_agg(e.text order by e.attempt) as texts
       from delivery d left join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id
      where d.campaign_id = $1 group by 1, 2, 3, 4`,
    [campaignId],
  );
  return new Map(rows.map((row) => [row.email, row]));
}

test('550 at RCPT bounces the recipient as unknown-user, and its neighbours are accepted on the same session', async () => {
  const rows = await deliver(['a@rcpt.example', 'unknown-b@rcpt.example', 'c@rcpt.example']);
  expect(rows.get('unknown-b@rcpt.example')).toMatchObject({
    state: 'bounced',
    category: 'unknown-user',
    attempts: 1,
    phases: ['RCPT'],
  });
  expect(rows.get('a@rcpt.example')?.state).toBe('accepted');
  expect(rows.get('c@rcpt.example')?.state).toBe('accepted');
});

test('451 is tried again and then accepted, with one log row for each attempt', async () => {
  const rows = await deliver(['tempfail-once-a@again.example']);
  expect(rows.get('tempfail-once-a@again.example')).toMatchObject({
    state: 'accepted',
    attempts: 2,
    dispositions: ['deferred', 'accepted'],
  });
});

test('a full mailbox is tried until its open time is over, and then expires', async () => {
  const rows = await deliver(['full-a@full.example'], { expiryHours: 1 });
  const row = rows.get('full-a@full.example');
  expect(row?.state).toBe('expired');
  expect(row?.attempts).toBeGreaterThan(1);
  expect(new Set(row?.dispositions)).toEqual(new Set(['deferred']));
});

test('a reply lost after the dot is unknown, is not sent again, and the receiver has one copy', async () => {
  const rows = await deliver(['drop-after-dot-a@lost.example', 'b@lost.example']);
  expect(rows.get('drop-after-dot-a@lost.example')).toMatchObject({
    state: 'unknown',
    attempts: 1,
    phases: ['DOT'],
  });
  expect(rows.get('b@lost.example')?.state).toBe('accepted');
  expect(
    receiver.accepted().filter((row) => row.recipient === 'drop-after-dot-a@lost.example'),
  ).toHaveLength(1);
});

test('a dot that is never answered is unknown after its timeout', async () => {
  const rows = await deliver(['stall-a@stall.example']);
  expect(rows.get('stall-a@stall.example')).toMatchObject({
    state: 'unknown',
    attempts: 1,
    phases: ['DOT'],
  });
});

test('a dead mailbox between accepted ones is cleaned, and the next campaign leaves it out', async () => {
  const tenantId = await scenario.tenant();
  const emails = Array.from({ length: 60 }, (_, i) =>
    i === 30 ? 'unknown-x@clean.example' : `p${i}@clean.example`,
  );
  await deliver(emails, { tenantId });
  const [entry] = await scenario.query<{ reason: string; source: string; attempt: number }>(
    'select reason, source_delivery_id as source, source_attempt as attempt from suppression where tenant_id = $1',
    [tenantId],
  );
  expect(entry).toMatchObject({ reason: 'bounced', attempt: 1 });
  const again = await deliver(emails, { tenantId });
  expect(again.has('unknown-x@clean.example')).toBe(false);
  expect(again.size).toBe(59);
});

test('with cleaning off, nobody is suppressed', async () => {
  const tenantId = await scenario.tenant({ isCleaningOn: false });
  const emails = Array.from({ length: 60 }, (_, i) =>
    i === 30 ? 'unknown-y@keep.example' : `p${i}@keep.example`,
  );
  await deliver(emails, { tenantId });
  expect(
    await scenario.query('select 1 from suppression where tenant_id = $1', [tenantId]),
  ).toHaveLength(0);
});

test('a message that cannot be composed is cancelled with the reason, and the others go out', async () => {
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, ['a@render.example', 'b@render.example']);
  await scenario.query(
    `update recipient set email = 'bad"quote@render.example' where list_id = $1 and email_key = 'b@render.example'`,
    [listId],
  );
  const campaignId = await scenario.campaign({ tenantId, listId });
  await scenario.finished(campaignId);
  expect(await scenario.states(campaignId)).toEqual({ accepted: 1, cancelled: 1 });
  const [row] = await scenario.query<{ category: string }>(
    `select category from delivery where campaign_id = $1 and state = 'cancelled'`,
    [campaignId],
  );
  expect(row?.category).toBe('not-composed');
});

test('a person suppressed while their message was under way, and deferred, is cancelled instead of waiting for ever', async () => {
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, ['defer-a@race.example']);
  const campaignId = await scenario.campaign({ tenantId, listId });
  await deferredOnce(campaignId);
  // As it is when the suppression commits between fence and settle: the row was not waiting, so nothing cancelled it.
  await scenario.query(
    `insert into suppression (tenant_id, email, email_key, reason) values ($1, 'defer-a@race.example', 'defer-a@race.example', 'manual')`,
    [tenantId],
  );
  await scenario.finished(campaignId);
  const [row] = await scenario.query<{ state: string; category: string }>(
    'select state, category from delivery where campaign_id = $1',
    [campaignId],
  );
  expect(row).toEqual({ state: 'cancelled', category: 'suppressed:manual' });
});

test('a deferral that is settled after the cancel does not keep the campaign open', async () => {
  const tenantId = await scenario.tenant();
  const listId = await scenario.list(tenantId, ['defer-b@race.example']);
  const campaignId = await scenario.campaign({ tenantId, listId });
  await deferredOnce(campaignId);
  await scenario.query(`update campaign set state = 'cancelled' where id = $1`, [campaignId]);
  await scenario.until(campaignId, (states) => states.cancelled === 1);
  const ended = async () =>
    (
      await scenario.query('select 1 from campaign where id = $1 and finished_at is not null', [
        campaignId,
      ])
    ).length;
  await expect.poll(ended, { timeout: 10_000 }).toBe(1);
});

async function deferredOnce(campaignId: string): Promise<void> {
  const attempts = async () => {
    const [row] = await scenario.query<{ attempts: number }>(
      'select attempts from delivery where campaign_id = $1',
      [campaignId],
    );
    return row?.attempts ?? 0;
  };
  await expect.poll(attempts, { timeout: 20_000 }).toBeGreaterThan(0);
}
