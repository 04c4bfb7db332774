/** What people and faults do to a campaign under way: nothing is fenced behind a commit that forbids it, and nothing is lost. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  activateTenant,
  asStaff,
  asWorker,
  cancelCampaign,
  closeDb,
  type Db,
  openDb,
  pauseCampaign,
  resendUnknown,
  resumeCampaign,
  suppress,
  suspendTenant,
  type TenantScope,
  unsubscribeByDelivery,
  withTenant,
} from '@hikyaku/db';
import { beginLaunch, cutChunk, ensureLanes } from '@hikyaku/db/worker';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const WAIT_MS = 120_000;
const LONG = { timeout: 300_000 };
const LEASE_MS = 1_500;
const SESSIONS = 4;
/** Sites of their own, so that there are as many lanes. */
const SITES = 6;
const ALL_DAY = { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' };

let database: TestDatabase;
let receiver: ReceiverProcess;
let scenario: Scenario;
let worker: WorkerProcess;
let [app, staff, workerDb]: Db[] = [];
let tenantId: string;
let opening: { campaignId: string; atMs: number };

const start = () =>
  startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: {
      leaseMs: LEASE_MS,
      timerMs: 100,
      sessionsPerSite: SESSIONS,
      sessionsAtStart: SESSIONS,
      busyMin: 20,
      launchChunk: 20,
      lanesPerWorker: SITES - 1,
    },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  [app, staff, workerDb] = [database.appUrl, database.staffUrl, database.workerUrl].map((url) =>
    openDb({ url, max: 4 }),
  );
  const names = ['all', ...Array.from({ length: SITES }, (_, i) => `site${i}`)];
  receiver = await startReceiverProcess({
    journalSync: 'off',
    config: {
      destinations: names.map((name) => ({
        name,
        domains: [name === 'all' ? '*' : `${name}.example`],
        manners: { latencyMs: 40 },
      })),
    },
  });
  scenario = await openScenario(database.superuserUrl);
  tenantId = await scenario.tenant();
  worker = await start();
});

afterAll(async () => {
  await worker?.stop(30_000);
  for (const db of [app, staff, workerDb]) if (db) await closeDb(db);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

const tenant = <T>(work: (scope: TenantScope) => Promise<T>) =>
  withTenant(app as Db, tenantId, work);
const byStaff = (change: typeof suspendTenant) =>
  asStaff(staff as Db, null, (scope) => change(scope, { tenantId, reason: 'test' }));

const people = (count: number, domain = 'busy.example') => {
  const run = Math.random().toString(36).slice(2, 8);
  return Array.from({ length: count }, (_, i) => `p${i}-${run}@${domain}`);
};

async function campaignTo(
  emails: readonly string[],
  options: { window?: object; startAtMs?: number } = {},
) {
  const listId = await scenario.list(tenantId, emails);
  return scenario.campaign({ tenantId, listId, ...options });
}

/** Delivery ids of a campaign by what the row says now. */
async function rowsOf(campaignId: string) {
  return scenario.query<{ id: string; state: string; email: string; category: string | null }>(
    'select id, state, email, category from delivery where campaign_id = $1',
    [campaignId],
  );
}

/** Copies that the receiver accepted, by delivery id, of this campaign. */
async function copiesOf(campaignId: string): Promise<Map<string, number>> {
  const ids = new Set((await rowsOf(campaignId)).map((row) => row.id));
  const copies = new Map<string, number>();
  for (const { headerDeliveryId: id } of receiver.accepted())
    if (id && ids.has(id)) copies.set(id, (copies.get(id) ?? 0) + 1);
  return copies;
}

async function accepted(campaignId: string, atLeast: number): Promise<void> {
  await scenario.until(campaignId, (states) => (states.accepted ?? 0) >= atLeast, WAIT_MS);
}

const settled = (campaignId: string) =>
  scenario.until(campaignId, (states) => !states.sending, WAIT_MS);

/** Everybody once, and the log says so of each. */
async function expectEachOnce(campaignId: string, count: number): Promise<void> {
  const copies = await copiesOf(campaignId);
  expect(copies.size).toBe(count);
  expect([...copies.values()].filter((n) => n !== 1)).toEqual([]);
}

test(
  'while its window is closed nothing of a campaign is sent, and it is due when that opens',
  LONG,
  async () => {
    // The first of all: what opens meanwhile is looked at below.
    const { window, atMs } = windowFrom(20_000);
    const campaignId = await campaignTo(people(30), { window });
    opening = { campaignId, atMs };
    await expect
      .poll(() => nextDueMs(campaignId), { timeout: 15_000, interval: 50 })
      .toEqual([atMs]);
    expect(await scenario.states(campaignId)).toEqual({ waiting: 30 });
    expect((await copiesOf(campaignId)).size).toBe(0);
  },
);

describe('a stop that has committed', () => {
  test.each([
    [
      'pause',
      (campaignId: string) => tenant((scope) => pauseCampaign(scope, { campaignId })),
      (campaignId: string) => tenant((scope) => resumeCampaign(scope, { campaignId })),
    ],
    ['suspension of the tenant', () => byStaff(suspendTenant), () => byStaff(activateTenant)],
    [
      'cancel',
      (campaignId: string) => tenant((scope) => cancelCampaign(scope, { campaignId })),
      null,
    ],
  ] as const)('%s: only what was fenced before still goes', LONG, async (_, stop, go) => {
    const COUNT = 300;
    const campaignId = await campaignTo(people(COUNT));
    await accepted(campaignId, 40);
    await stop(campaignId);
    const fenced = new Set(
      (await rowsOf(campaignId))
        .filter((row) => row.state !== 'waiting' && row.state !== 'cancelled')
        .map((row) => row.id),
    );
    await settled(campaignId);
    const copies = await copiesOf(campaignId);
    expect([...copies.keys()].filter((id) => !fenced.has(id))).toEqual([]);
    expect(copies.size).toBeLessThan(COUNT);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await copiesOf(campaignId)).size, 'the journal stands still').toBe(copies.size);
    if (go) {
      await go(campaignId);
      await scenario.finished(campaignId, WAIT_MS);
      expect(await scenario.states(campaignId)).toEqual({ accepted: COUNT });
      return expectEachOnce(campaignId, COUNT);
    }
    const states = await scenario.states(campaignId);
    expect(states).toEqual({ accepted: copies.size, cancelled: COUNT - copies.size });
    await expect
      .poll(() => finishedAt(campaignId), { timeout: WAIT_MS, interval: 50 })
      .not.toBeNull();
  });

  async function finishedAt(campaignId: string) {
    const [row] = await scenario.query<{ at: Date | null }>(
      'select finished_at as at from campaign where id = $1',
      [campaignId],
    );
    return row?.at ?? null;
  }
});

describe('a person who is out', () => {
  test('nobody whose suppression committed before their fence is sent', LONG, async () => {
    const COUNT = 400;
    const campaignId = await campaignTo(people(COUNT));
    await accepted(campaignId, 20);
    const spared = new Set<string>();
    for (let round = 0; round < 6; round++) {
      const waiting = (await rowsOf(campaignId)).filter((row) => row.state === 'waiting');
      // The next in line, among whom some are fenced meanwhile, and some from the end.
      const chosen = [...waiting.slice(0, 6), ...waiting.slice(-6)];
      const [first, ...others] = chosen;
      if (!first) break;
      await tenant((scope) => unsubscribeByDelivery(scope, { deliveryId: first.id }));
      await tenant((scope) =>
        suppress(scope, { emails: others.map((row) => row.email), reason: 'manual' }),
      );
      const now = new Map((await rowsOf(campaignId)).map((row) => [row.id, row.state]));
      for (const { id } of chosen) {
        expect(now.get(id), 'cancelled in the same commit').not.toBe('waiting');
        if (now.get(id) === 'cancelled') spared.add(id);
      }
    }
    await scenario.finished(campaignId, WAIT_MS);
    const copies = await copiesOf(campaignId);
    expect(spared.size).toBeGreaterThan(10);
    expect([...copies.keys()].filter((id) => spared.has(id))).toEqual([]);
    expect(await scenario.states(campaignId)).toEqual({
      accepted: COUNT - spared.size,
      cancelled: spared.size,
    });
  });

  test('who leaves while being sent, and is deferred, is not tried again', LONG, async () => {
    const [email] = people(1).map((one) => `tempfail-once-${one}`) as [string];
    let campaignId = '';
    const hook = await hookOf(async () => {
      await scenario.until(campaignId, (states) => states.sending === 1, WAIT_MS);
      await tenant((scope) => suppress(scope, { emails: [email], reason: 'unsubscribed' }));
    });
    const struck = await receiver.trigger({
      when: 'rcpt',
      recipient: email,
      action: { do: 'hook', url: hook.url },
    });
    campaignId = await campaignTo([email]);
    await scenario.finished(campaignId, WAIT_MS);
    hook.close();
    expect((await struck()).struck).toBe(1);
    expect(await rowsOf(campaignId)).toMatchObject([
      { state: 'cancelled', category: 'suppressed:unsubscribed' },
    ]);
    expect((await copiesOf(campaignId)).size).toBe(0);
  });
});

test(
  'unknown deliveries that are chosen go once more, the others and suppressed ones stay',
  LONG,
  async () => {
    const lost = people(4).map((email) => `drop-after-dot-${email}`);
    const campaignId = await campaignTo([...lost, ...people(3)]);
    await scenario.finished(campaignId, WAIT_MS);
    expect(await scenario.states(campaignId)).toEqual({ accepted: 3, unknown: 4 });
    const unknown = (await rowsOf(campaignId)).filter((row) => row.state === 'unknown');
    const [chosen, out, ...rest] = unknown as [(typeof unknown)[0], (typeof unknown)[0]];
    const again = await tenant((scope) =>
      resendUnknown(scope, { campaignId, deliveryIds: [chosen.id] }),
    );
    expect(again).toEqual({ resent: 1 });
    await scenario.finished(campaignId, WAIT_MS);
    expect(await scenario.states(campaignId)).toEqual({ accepted: 4, unknown: 3 });
    const copies = await copiesOf(campaignId);
    expect(unknown.map(({ id }) => copies.get(id))).toEqual([2, 1, 1, 1]);

    await tenant((scope) => suppress(scope, { emails: [out.email], reason: 'manual' }));
    const all = await tenant((scope) => resendUnknown(scope, { campaignId, deliveryIds: 'all' }));
    expect(all).toEqual({ resent: rest.length });
    await scenario.finished(campaignId, WAIT_MS);
    expect(await scenario.states(campaignId)).toEqual({ accepted: 6, unknown: 1 });
    expect((await copiesOf(campaignId)).get(out.id)).toBe(1);
  },
);

describe('time', () => {
  test('a campaign that is scheduled starts at its time', LONG, async () => {
    const startAtMs = Date.now() + 2_000;
    const campaignId = await campaignTo(people(5), { startAtMs });
    await scenario.finished(campaignId, WAIT_MS);
    const [row] = await scenario.query<{ launched: Date; first: Date }>(
      `select c.launched_at as launched, (select min(at) from delivery_event e where e.campaign_id = c.id) as first
         from campaign c where c.id = $1`,
      [campaignId],
    );
    expect(row?.launched.getTime()).toBeGreaterThanOrEqual(startAtMs - 1);
    expect(row?.first.getTime()).toBeGreaterThanOrEqual(startAtMs - 1);
    await expectEachOnce(campaignId, 5);
  });

  test('when its window opens, all of a campaign is sent', LONG, async () => {
    const { campaignId, atMs } = opening;
    await scenario.finished(campaignId, WAIT_MS);
    await expectEachOnce(campaignId, 30);
    const [row] = await scenario.query<{ first: Date }>(
      'select min(at) as first from delivery_event where campaign_id = $1',
      [campaignId],
    );
    expect(row?.first.getTime()).toBeGreaterThanOrEqual(atMs);
  });
});

describe('a worker', () => {
  test(
    'that gets SIGTERM drains: exit 0, nothing unknown, and the next one completes',
    LONG,
    async () => {
      const COUNT = 300;
      const campaignId = await campaignTo(people(COUNT));
      await accepted(campaignId, 40);
      expect(await worker.stop(30_000)).toBe(0);
      const states = await scenario.states(campaignId);
      expect(Object.keys(states).sort(), 'in the middle').toEqual(['accepted', 'waiting']);
      const owned = await scenario.query('select 1 from lane where owner is not null');
      expect(owned, 'lanes were given back').toEqual([]);
      worker = await start();
      await scenario.finished(campaignId, WAIT_MS);
      expect(await scenario.states(campaignId)).toEqual({ accepted: COUNT });
      await expectEachOnce(campaignId, COUNT);
    },
  );

  test(
    'killed with -9 between the chunks of a launch: the next one ends with one exact cut',
    LONG,
    async () => {
      const COUNT = 3_000;
      const emails = people(COUNT);
      const out = emails.filter((_, i) => i % 10 === 0);
      await tenant((scope) => suppress(scope, { emails: out, reason: 'manual' }));
      const { window, atMs } = windowFrom(7_200_000);
      const campaignId = await campaignTo(emails, { window });
      for (let kill = 1; kill <= 2; kill++) {
        await scenario.until(campaignId, ({ waiting = 0 }) => waiting >= kill * 300, WAIT_MS);
        await worker.kill();
        expect((await cutOf(campaignId)).total, 'in the middle of the cut').toBeNull();
        worker = await start();
      }
      // Asked again and again meanwhile, and by others who do not go through the queue.
      await Promise.all([cutBeside(campaignId), cutBeside(campaignId), notify(), notify()]);
      await expect
        .poll(() => cutOf(campaignId), { timeout: WAIT_MS, interval: 50 })
        .toEqual({ total: COUNT - out.length, excluded: { suppressed: { manual: out.length } } });
      const rows = await rowsOf(campaignId);
      expect(rows).toHaveLength(COUNT - out.length);
      expect(new Set(rows.map((row) => row.email)).size).toBe(rows.length);
      await expect.poll(() => nextDueMs(campaignId), { timeout: WAIT_MS }).toEqual([atMs]);
      expect(await scenario.states(campaignId)).toEqual({ waiting: COUNT - out.length });
    },
  );

  /** As a worker of another machine would, at the same time. */
  async function cutBeside(campaignId: string): Promise<void> {
    const scope = asWorker(workerDb as Db);
    const launch = await beginLaunch(scope, campaignId);
    const [otherLaneId = ''] = await ensureLanes(scope, [{ site: 'other', source: '127.0.0.1' }]);
    const cut = {
      campaignId,
      listId: launch?.listId ?? '',
      lanes: new Map(),
      otherLaneId,
      size: 20,
    };
    while (launch && !(await cutChunk(scope, cut)).isDone);
  }

  const notify = () => scenario.query(`select pg_notify('hikyaku_due', '')`);

  async function cutOf(campaignId: string) {
    const [row] = await scenario.query<{ total: number | null; excluded: object }>(
      'select total, excluded from campaign where id = $1',
      [campaignId],
    );
    return row as { total: number | null; excluded: object };
  }
});

describe('two workers', () => {
  let other: WorkerProcess;

  beforeAll(async () => {
    other = await start();
  });
  afterAll(async () => {
    await other?.stop(30_000);
  });

  const EACH = 150;
  const COUNT = SITES * EACH;
  const everywhere = () =>
    Array.from({ length: SITES }, (_, i) => people(EACH, `site${i}.example`)).flat();

  /** Lanes of the campaign by pid of the worker that owns them now. */
  async function lanesByPid(campaignId: string): Promise<Map<number, string[]>> {
    const lanes = await scenario.query<{ id: string; owner: string }>(
      `select l.id, l.owner from lane l join campaign_lane cl on cl.lane_id = l.id
        where cl.campaign_id = $1 and cl.done_at is null and l.lease_until > now()`,
      [campaignId],
    );
    const found = new Map<number, string[]>();
    for (const { id, owner } of lanes) {
      const pid = Number(owner.split('-').at(-2));
      found.set(pid, [...(found.get(pid) ?? []), id]);
    }
    return found;
  }

  /** Both have lanes; answers the one with more of them, and the other. */
  async function shared(
    campaignId: string,
  ): Promise<{ most: WorkerProcess; least: WorkerProcess; lanes: string[] }> {
    for (const deadline = Date.now() + WAIT_MS; ; ) {
      const found = await lanesByPid(campaignId);
      const [mine, others] = [worker, other].map(({ pid }) => found.get(pid) ?? []) as [
        string[],
        string[],
      ];
      if (mine.length + others.length === SITES) {
        expect(Math.min(mine.length, others.length)).toBeGreaterThan(0);
        return mine.length >= others.length
          ? { most: worker, least: other, lanes: mine }
          : { most: other, least: worker, lanes: others };
      }
      if (Date.now() > deadline) throw new Error('the lanes were never all taken');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async function takenOver(
    campaignId: string,
    lanes: string[],
    by: WorkerProcess,
  ): Promise<number> {
    const startedMs = performance.now();
    await expect
      .poll(
        async () => (await lanesByPid(campaignId)).get(by.pid)?.some((id) => lanes.includes(id)),
        {
          timeout: WAIT_MS,
          interval: 30,
        },
      )
      .toBe(true);
    return performance.now() - startedMs;
  }

  async function expectNothingTwiceNothingLost(campaignId: string): Promise<void> {
    const states = await scenario.states(campaignId);
    expect((states.accepted ?? 0) + (states.unknown ?? 0)).toBe(COUNT);
    expect(states.unknown ?? 0).toBeLessThanOrEqual(2 * SESSIONS * SITES);
    const copies = await copiesOf(campaignId);
    expect([...copies.values()].filter((n) => n > 1)).toEqual([]);
    const missing = (await rowsOf(campaignId)).filter(
      (row) => row.state === 'accepted' && !copies.has(row.id),
    );
    expect(missing).toEqual([]);
  }

  test(
    'share the lanes; one is killed with -9, and the other takes over when its lease has run out',
    LONG,
    async () => {
      const campaignId = await campaignTo(everywhere());
      const { most, least, lanes } = await shared(campaignId);
      await accepted(campaignId, 60);
      await most.kill();
      const ms = await takenOver(campaignId, lanes, least);
      // The lease, the timer's next look, and a busy machine.
      expect(ms).toBeLessThan(LEASE_MS + 20_000);
      await scenario.finished(campaignId, WAIT_MS);
      await expectNothingTwiceNothingLost(campaignId);
      worker = least;
      other = await start();
    },
  );

  test(
    'one is stopped past its lease and wakes up when the other owns its lanes: nothing goes twice',
    LONG,
    async () => {
      const campaignId = await campaignTo(everywhere());
      const { most, least, lanes } = await shared(campaignId);
      await accepted(campaignId, 60);
      most.signal('SIGSTOP');
      try {
        await takenOver(campaignId, lanes, least);
      } finally {
        most.signal('SIGCONT');
      }
      await scenario.finished(campaignId, WAIT_MS);
      await settled(campaignId);
      await expectNothingTwiceNothingLost(campaignId);
      // It is none the worse: it goes on taking lanes.
      expect(await least.stop(30_000)).toBe(0);
      const next = await campaignTo(everywhere());
      await scenario.finished(next, WAIT_MS);
      expect(await scenario.states(next)).toEqual({ accepted: COUNT });
      worker = most;
      other = await start();
    },
  );
});

/** When each lane of the campaign that is not done says that it is due, each time once. */
async function nextDueMs(campaignId: string): Promise<number[]> {
  const rows = await scenario.query<{ at: Date }>(
    'select distinct next_due_at as at from campaign_lane where campaign_id = $1 and done_at is null',
    [campaignId],
  );
  return rows.map(({ at }) => at.getTime());
}

/** A window that opens at a full minute, `ms` from now or a little later, in a zone where it is about noon. */
function windowFrom(ms: number): { window: object; atMs: number } {
  const atMs = Math.ceil((Date.now() + ms) / 60_000) * 60_000;
  const hour = new Date().getUTCHours();
  // POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
  const zone = `Etc/GMT${hour > 12 ? '+' : '-'}${Math.abs(hour - 12)}`;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
  return { window: { ...ALL_DAY, start: format.format(atMs), zone }, atMs };
}

/** An HTTP server for the receiver's hook; what it waits for is done before the receiver answers its client. */
async function hookOf(work: () => Promise<void>): Promise<{ url: string; close(): void }> {
  const server: Server = createServer((_, response) => {
    work().then(
      () => response.end('{}'),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
