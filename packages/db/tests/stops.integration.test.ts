/** What staff stop: from the commit on nothing is fenced, whatever was under way; and what was stopped goes on when it is let go. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asStaff, resumeSending, type StopTarget, stopSending } from '../src/index.ts';
import {
  acquireLane,
  fenceDeliveries,
  readDueLanes,
  readLaneCampaigns,
  readLaneStops,
} from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const OWNER = 'test-owner';

describe('a stop', () => {
  let db: TestDb;
  let world: World;
  let count = 0;

  beforeAll(async () => {
    db = await openTestDb(8);
  });
  afterAll(() => db.end());
  beforeEach(async () => {
    world = await makeWorld(db, `stop${count++}`);
    await db.script(
      db.urls.superuserUrl,
      `update campaign_lane set done_at = null, next_due_at = now() where lane_id = ${world.laneId}`,
    );
  });

  const stop = (target: StopTarget, reason = 'complaints') =>
    asStaff(db.staff, null, (scope) => stopSending(scope, { ...target, reason }));
  const resume = (target: StopTarget) =>
    asStaff(db.staff, null, (scope) => resumeSending(scope, { ...target, reason: 'mended' }));
  const stopped = async () =>
    (await db.worker.query<{ stopped: string[] }>('select stopped from installation')).rows[0]
      ?.stopped;

  const targets = (): [string, StopTarget][] => [
    ['everything', { scope: 'everything', key: '' }],
    ['the tenant', { scope: 'tenant', key: world.tenantId }],
    ['the lane', { scope: 'lane', key: world.laneId }],
    ['the site, which is the domain here', { scope: 'destination', key: world.domain }],
  ];

  async function fence(): Promise<number> {
    const lease = await acquireLane(db.worker, {
      laneId: world.laneId,
      owner: OWNER,
      leaseMs: 60_000,
    });
    if (!lease) throw new Error('the lane is taken');
    const { ids } = await fenceDeliveries(db.worker, OWNER, [
      {
        tenantId: world.tenantId,
        campaignId: world.campaignId,
        id: world.deliveries.waiting as string,
        laneId: world.laneId,
        epoch: lease.epoch,
      },
    ]);
    await db.script(
      db.urls.superuserUrl,
      `update lane set owner = null, lease_until = null where id = ${world.laneId};
       update delivery set state = 'waiting', epoch = null where id = ${world.deliveries.waiting}`,
    );
    return ids.length;
  }

  it('of each kind refuses the fence from its commit on, hides the lane, and lets go of both', async () => {
    for (const [name, target] of targets()) {
      const isDue = async () =>
        (await readDueLanes(db.worker, 100)).some(({ laneId }) => laneId === world.laneId);
      expect([name, await fence(), await isDue()]).toEqual([name, 1, true]);
      await stop(target);
      expect([name, await fence(), await isDue()]).toEqual([name, 0, false]);
      expect(await readLaneCampaigns(db.worker, world.laneId)).toEqual([]);
      await resume(target);
      expect([name, await fence(), await isDue()]).toEqual([name, 1, true]);
      expect(await readLaneCampaigns(db.worker, world.laneId)).toHaveLength(1);
    }
    expect(await stopped()).toEqual([]);
  });

  it('of a domain refuses its rows in a lane of many sites', async () => {
    await db.script(
      db.urls.superuserUrl,
      `update lane set site = 'quiet-${world.laneId}' where id = ${world.laneId}`,
    );
    await stop({ scope: 'destination', key: world.domain.toUpperCase() });
    expect(await fence()).toBe(0);
    const lane = await readLaneStops(db.worker, world.laneId);
    expect(lane).toEqual({
      isLaneStopped: false,
      isAllStopped: false,
      stoppedSites: [world.domain],
    });
    await resume({ scope: 'destination', key: world.domain });
    expect(await fence()).toBe(1);
  });

  it('of one tenant, lane or destination leaves the others alone', async () => {
    const other = await makeWorld(db, `beside${count++}`);
    const theirs: StopTarget[] = [
      { scope: 'tenant', key: other.tenantId },
      { scope: 'lane', key: other.laneId },
      { scope: 'destination', key: other.domain },
    ];
    for (const target of theirs) await stop(target);
    expect(await fence()).toBe(1);
    expect(await readLaneCampaigns(db.worker, world.laneId)).toHaveLength(1);
    for (const target of theirs) await resume(target);
  });

  it('that commits while a fence is asked for wins: the fence waits and is refused', async () => {
    for (const [name, target] of targets()) {
      const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
      const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
      const stopping = asStaff(db.staff, null, async (scope) => {
        await stopSending(scope, { ...target, reason: 'race' });
        written();
        await mayCommit;
      });
      await isWritten;
      const fenced = fence();
      await expect
        .poll(
          async () => {
            const rows = await db.as<{ n: number }>(
              db.urls.superuserUrl,
              `select count(*)::int as n from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock' and query like 'with held%'`,
            );
            return rows[0]?.n;
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      commit();
      await stopping;
      expect([name, await fenced]).toEqual([name, 0]);
      await resume(target);
    }
  });

  it('two at the same time both hold', async () => {
    const other = await makeWorld(db, `both${count++}`);
    const both: StopTarget[] = [
      { scope: 'tenant', key: world.tenantId },
      { scope: 'tenant', key: other.tenantId },
      { scope: 'destination', key: 'a.example' },
      { scope: 'destination', key: 'b.example' },
    ];
    await Promise.all(both.map((target) => stop(target)));
    expect((await stopped())?.toSorted()).toEqual(
      both.map(({ scope, key }) => `${scope}:${key}`).toSorted(),
    );
    await Promise.all(both.map(resume));
    expect(await stopped()).toEqual([]);
  });

  it('tells who, what and why, and the workers; a repeat changes nothing', async () => {
    const heard: string[] = [];
    const subscription = db.worker.listen('hikyaku_due', (payload) => heard.push(payload));
    await subscription.ready;
    const before = heard.length;
    const target: StopTarget = { scope: 'tenant', key: world.tenantId };
    await stop(target, 'spam trap hits');
    await expect.poll(() => heard.length).toBe(before + 1);
    await stop(target, 'again');
    await resume(target);
    await expect.poll(() => heard.length).toBe(before + 2);
    await resume(target);
    await subscription.close();
    const { rows } = await db.worker.query('select 1 as one from stop_switch where key = $1', [
      world.tenantId,
    ]);
    expect(rows).toEqual([]);
    const audits = await db.as(
      db.urls.superuserUrl,
      'select action, reason, target from audit where tenant_id = $1 and is_staff and action like $2 order by id',
      [world.tenantId, 'sending.%'],
    );
    expect(audits).toEqual([
      { action: 'sending.stop', reason: 'spam trap hits', target: `tenant:${world.tenantId}` },
      { action: 'sending.resume', reason: 'mended', target: `tenant:${world.tenantId}` },
    ]);
  });

  it('without a reason, or of what is not there, is refused', async () => {
    const uuid = '00000000-0000-4000-8000-000000000000';
    const refused: [StopTarget, string, object][] = [
      [{ scope: 'everything', key: '' }, ' ', { code: 'INVALID_INPUT', reason: 'reason' }],
      [{ scope: 'tenant', key: uuid }, 'x', { code: 'NOT_FOUND' }],
      [{ scope: 'tenant', key: 'x' }, 'x', { code: 'INVALID_ID' }],
      [{ scope: 'lane', key: '987654321' }, 'x', { code: 'NOT_FOUND' }],
      [{ scope: 'destination', key: 'a b' }, 'x', { reason: 'destination' }],
      [{ scope: 'destination', key: '' }, 'x', { reason: 'destination' }],
    ];
    for (const [target, reason, error] of refused)
      await expect(stop(target, reason)).rejects.toMatchObject(error);
    expect(await stopped()).toEqual([]);
  });

  it('is seen by the tenant that it concerns and by no other', async () => {
    const other = await makeWorld(db, `seen${count++}`);
    await stop({ scope: 'tenant', key: other.tenantId }, 'theirs');
    await stop({ scope: 'tenant', key: world.tenantId }, 'ours');
    const seen = await world.run(
      (scope) =>
        scope.sql<{ reason: string }>`select reason from stop_switch where scope = 'tenant'`,
    );
    expect(seen).toEqual([{ reason: 'ours' }]);
    const peek = world.run((scope) => scope.sql`select stopped from installation`);
    await expect(peek).rejects.toThrow(/permission denied/);
    await resume({ scope: 'tenant', key: other.tenantId });
    await resume({ scope: 'tenant', key: world.tenantId });
  });

  it('no runtime role but staff can write one, and none can remove the row that fences look at', async () => {
    const insert = `insert into stop_switch (scope, key, reason) values ('everything', '', 'x')`;
    for (const url of [db.urls.appUrl, db.urls.authUrl, db.urls.workerUrl]) {
      await expect(db.as(url, insert)).rejects.toThrow(/permission denied/);
    }
    for (const url of [db.urls.appUrl, db.urls.staffUrl, db.urls.workerUrl]) {
      await expect(db.as(url, 'delete from installation')).rejects.toThrow(/permission denied/);
    }
    await expect(db.as(db.urls.workerUrl, 'update installation set id = 2')).rejects.toThrow(
      /installation_one_row/,
    );
  });
});
