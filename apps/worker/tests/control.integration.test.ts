/** What people and faults do to a campaign under way: nothing is fenced behind a commit that forbids it, and nothing is lost. */
import { scaleMargins, WINDOW_MARGINS } from '@hikyaku/campaigns';
import {
  activateTenant,
  asWorker,
  cancelCampaign,
  type Db,
  pauseCampaign,
  resendUnknown,
  resumeCampaign,
  suppress,
  suspendTenant,
  unsubscribeByDelivery,
} from '@hikyaku/db';
import { beginLaunch, cutChunk, ensureLanes } from '@hikyaku/db/worker';
import { startHook } from '@hikyaku/testkit/hook';
import { TIME_SCALE } from '@hikyaku/testkit/worker-process';
import { describe, expect, test } from 'vitest';

import {
  accepted,
  byStaff,
  campaignTo,
  copiesOf,
  expectEachOnce,
  LONG,
  nextDueMs,
  people,
  receiver,
  rowsOf,
  scenario,
  settled,
  setWorker,
  start,
  tenant,
  useControlWorld,
  WAIT_MS,
  windowFrom,
  worker,
  workerDb,
} from './control-world.ts';

/** One second behind the opening, at this pace. */
const OPENS_AFTER_MS = scaleMargins(WINDOW_MARGINS, TIME_SCALE).openMs;

let opening: { campaignId: string; atMs: number };

useControlWorld();

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
      .toEqual([atMs + OPENS_AFTER_MS]);
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

  test(
    'a campaign that is resumed before its last row is back goes on beside its neighbour',
    LONG,
    async () => {
      const COUNT = 150;
      const neighbour = await campaignTo(people(4_000));
      const campaignId = await campaignTo(people(COUNT));
      await accepted(campaignId, 10);
      // Replies that take their time keep rows under way while the lane sees the pause, and then the resume.
      await receiver.setManners('all', { latencyMs: 500 });
      await new Promise((resolve) => setTimeout(resolve, 600));
      await tenant((scope) => pauseCampaign(scope, { campaignId }));
      await new Promise((resolve) => setTimeout(resolve, 250));
      await tenant((scope) => resumeCampaign(scope, { campaignId }));
      await new Promise((resolve) => setTimeout(resolve, 250));
      await receiver.setManners('all', { latencyMs: 40 });
      await scenario.finished(campaignId, WAIT_MS);
      expect((await scenario.states(neighbour)).waiting, 'the lane was busy').toBeGreaterThan(0);
      await tenant((scope) => cancelCampaign(scope, { campaignId: neighbour }));
      await expectEachOnce(campaignId, COUNT);
    },
  );

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
    const hook = await startHook(async () => {
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
      setWorker(await start());
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
        setWorker(await start());
      }
      // Asked again and again meanwhile, and by others who do not go through the queue.
      await Promise.all([cutBeside(campaignId), cutBeside(campaignId), notify(), notify()]);
      await expect
        .poll(() => cutOf(campaignId), { timeout: WAIT_MS, interval: 50 })
        .toEqual({ total: COUNT - out.length, excluded: { suppressed: { manual: out.length } } });
      const rows = await rowsOf(campaignId);
      expect(rows).toHaveLength(COUNT - out.length);
      expect(new Set(rows.map((row) => row.email)).size).toBe(rows.length);
      await expect
        .poll(() => nextDueMs(campaignId), { timeout: WAIT_MS })
        .toEqual([atMs + OPENS_AFTER_MS]);
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
