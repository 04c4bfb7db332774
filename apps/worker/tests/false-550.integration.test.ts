/**
 * A carrier that takes our mail for spam and answers 550 for good addresses (P6): over real sockets, with the worker's own
 * clock of minutes in milliseconds. What is asserted is what a customer would ask: was anybody deleted, and did everybody get it.
 */
import { asStaff, closeDb, openDb, releaseBlock } from '@hikyaku/db';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const LONG = { timeout: 300_000 };
const WAIT_MS = 120_000;

let database: TestDatabase;
let receiver: ReceiverProcess;
let worker: WorkerProcess;
let scenario: Scenario;

beforeAll(async () => {
  database = await createTestDatabase();
  const names = ['one', 'two', 'three', 'shared', 'all'];
  receiver = await startReceiverProcess({
    journalSync: 'off',
    config: {
      destinations: names.map((name) => ({
        name,
        domains: [name === 'all' ? '*' : `${name}.example`],
      })),
    },
  });
  scenario = await openScenario(database.superuserUrl);
  worker = await startWorkerProcess({
    database,
    routes: receiver.routes,
    env: { SOURCE_POOLS: 'calm=127.0.0.2' },
    tuning: { busyMin: 10, timerMs: 100, sessionsPerSite: 2, sessionsAtStart: 2 },
  });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + WAIT_MS;
  while (!(await isTrue())) {
    if (Date.now() > endMs) throw new Error(`It took too long until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const people = (count: number, domain: string, prefix = 'p') =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}@${domain}`);

async function count(text: string, values: unknown[]): Promise<number> {
  const rows = await scenario.query<{ n: number }>(`select count(*)::int as n ${text}`, values);
  return rows[0]?.n ?? 0;
}

const vetoes = async (site: string) =>
  scenario.query<{ state: string; reason: string; quarantined: number; figures: object }>(
    'select state, reason, quarantined, figures from veto_event where $1 = any(domains) order by id',
    [site],
  );

async function deliver(tenantId: string, listId: string): Promise<string> {
  const campaignId = await scenario.campaign({ tenantId, listId });
  await scenario.finished(campaignId);
  return campaignId;
}

test(
  'a carrier that answers 550 to everything: nobody is cleaned, everybody is reached once it is over',
  LONG,
  async () => {
    const tenantId = await scenario.tenant();
    const listId = await scenario.list(tenantId, people(120, 'one.example'));
    await deliver(tenantId, listId);
    await until('all are known good', async () => {
      const n = await count(
        'from recipient where tenant_id = $1 and last_accepted_at is not null',
        [tenantId],
      );
      return n === 120;
    });

    await receiver.setManners('one', { bounceShare: 1 });
    const campaignId = await scenario.campaign({ tenantId, listId });
    await until('a probe was refused', async () =>
      (await vetoes('one.example')).some(({ reason }) => reason === 'probe-refused'),
    );
    expect(await count('from suppression where tenant_id = $1', [tenantId])).toBe(0);
    await receiver.setManners('one', { bounceShare: 0 });
    await scenario.finished(campaignId);

    expect(await scenario.states(campaignId)).toEqual({ accepted: 120 });
    expect(await count('from suppression where tenant_id = $1', [tenantId])).toBe(0);
    const decisions = await vetoes('one.example');
    expect(decisions.find(({ state }) => state === 'blocked')).toMatchObject({
      reason: 'canaries-refused',
      figures: { canariesRefused: 5 },
    });
    expect(decisions.at(-1)).toMatchObject({ state: 'released', reason: 'probe-accepted' });
    await until(
      'the quarantine is resolved',
      async () =>
        (await count("from quarantine where tenant_id = $1 and state = 'accepted'", [tenantId])) >
          0 &&
        (await count("from quarantine where tenant_id = $1 and state = 'held'", [tenantId])) === 0,
    );
    // Refused as dead before the block was seen: the log keeps what was said, and the counters say what it was.
    expect(
      await count(
        "from delivery_event where campaign_id = $1 and category in ('unknown-user', 'quarantined') and code = 550",
        [campaignId],
      ),
    ).toBeGreaterThanOrEqual(5);
    expect(
      await count("from audit where tenant_id = $1 and action like 'quarantine.%'", [tenantId]),
    ).toBeGreaterThanOrEqual(2);
  },
);

test(
  'a list with three dead addresses in ten is clean after its second send, those included that were asked for before anybody was accepted',
  LONG,
  async () => {
    const tenantId = await scenario.tenant();
    const mixed = people(100, 'two.example').map((email, i) =>
      i % 10 < 3 ? `unknown-${email}` : email,
    );
    const listId = await scenario.list(tenantId, mixed);
    await deliver(tenantId, listId);
    await deliver(tenantId, listId);
    const cleaned = await count(
      "from suppression where tenant_id = $1 and reason = 'bounced' and note = 'unknown-user' and email like 'unknown-%' and source_delivery_id is not null",
      [tenantId],
    );
    expect(cleaned).toBe(30);
    expect(
      await count("from suppression where tenant_id = $1 and email not like 'unknown-%'", [
        tenantId,
      ]),
    ).toBe(0);
    await until('the counters have caught up', async () => {
      const [day] = await scenario.query<{ accepted: number; unknown: number }>(
        'select sum(accepted)::int as accepted, sum(unknown_users)::int as unknown from hygiene_tenant_day where tenant_id = $1',
        [tenantId],
      );
      return day?.accepted === 140 && (day?.unknown ?? 0) >= 30;
    });
  },
);

test(
  'cleaning that a tenant has switched off is done where staff enforce it, for the tenant or for a destination',
  LONG,
  async () => {
    const mixed = (domain: string) => [
      ...people(10, domain, 'a'),
      ...people(5, domain, 'unknown-'),
      ...people(10, domain, 'z'),
    ];
    const off = await scenario.tenant({ isCleaningOn: false });
    await deliver(off, await scenario.list(off, mixed('three.example')));
    expect(await count('from suppression where tenant_id = $1', [off])).toBe(0);

    await scenario.query(
      "insert into cleaning_floor (domain, reason) values ('three.example', 'test')",
    );
    await deliver(off, await scenario.list(off, mixed('three.example')));
    expect(await count('from suppression where tenant_id = $1', [off])).toBe(5);

    const enforced = await scenario.tenant({ isCleaningOn: false });
    await scenario.query('update tenant set is_cleaning_enforced = true where id = $1', [enforced]);
    await deliver(enforced, await scenario.list(enforced, mixed('four.example')));
    expect(await count('from suppression where tenant_id = $1', [enforced])).toBe(5);
  },
);

test(
  'replies that speak of a block are quarantined at once, retried, and end as a block, not as dead',
  LONG,
  async () => {
    const tenantId = await scenario.tenant();
    const listId = await scenario.list(tenantId, ['blocked-a@five.example', 'good@five.example']);
    const campaignId = await deliver(tenantId, listId);
    const rows = await scenario.query<{
      email: string;
      state: string;
      category: string;
      attempts: number;
    }>(
      'select email, state, category, attempts from delivery where campaign_id = $1 order by email',
      [campaignId],
    );
    expect(rows).toEqual([
      { email: 'blocked-a@five.example', state: 'bounced', category: 'reputation', attempts: 2 },
      { email: 'good@five.example', state: 'accepted', category: 'accepted', attempts: 1 },
    ]);
    expect(await count('from suppression where tenant_id = $1', [tenantId])).toBe(0);
  },
);

test(
  'a pool that is blocked does not touch another, and what staff release goes at once',
  LONG,
  async () => {
    const careless = await scenario.tenant();
    const neighbour = await scenario.tenant();
    await scenario.query("update tenant set source_pool = 'calm' where id = $1", [neighbour]);
    await receiver.setManners('shared', { refusedSources: ['127.0.0.1'] });
    const toCareless = await scenario.list(careless, people(60, 'shared.example', 'c'));
    const blocked = await scenario.campaign({ tenantId: careless, listId: toCareless });
    await until('the careless tenant is held up', async () =>
      (await vetoes('shared.example')).some(({ reason }) => reason.startsWith('probe-')),
    );
    const toNeighbour = await scenario.list(neighbour, people(60, 'shared.example', 'n'));
    const campaignId = await deliver(neighbour, toNeighbour);
    expect(await scenario.states(campaignId)).toEqual({ accepted: 60 });
    const attempts = await scenario.query<{ source: string; n: number }>(
      'select source, count(*)::int as n from delivery_event where campaign_id = $1 group by 1',
      [campaignId],
    );
    expect(attempts).toEqual([{ source: '127.0.0.2', n: 60 }]);
    expect((await scenario.states(blocked)).accepted).toBeUndefined();
    expect(await count('from suppression where tenant_id = $1', [careless])).toBe(0);

    await receiver.setManners('shared', { refusedSources: [] });
    const db = openDb({ url: database.staffUrl, max: 1 });
    const input = { source: '127.0.0.1', reason: 'the carrier called', site: '' };
    const [veto] = await scenario.query<{ site: string }>(
      "select site from veto_event where 'shared.example' = any(domains) limit 1",
    );
    // A probe may have released it by itself meanwhile: then there is nothing to release, and that is said.
    await asStaff(db, null, (scope) =>
      releaseBlock(scope, { ...input, site: veto?.site ?? '' }),
    ).catch((error: { code?: string }) => expect(error.code).toBe('NOT_FOUND'));
    await closeDb(db);
    await scenario.finished(blocked);
    expect(await scenario.states(blocked)).toEqual({ accepted: 60 });
  },
);
