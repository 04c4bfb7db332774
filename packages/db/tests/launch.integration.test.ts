/** The audience cut against what commits beside it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelCampaign, resendUnknown, suppress } from '../src/index.ts';
import { beginLaunch, cutChunk, cutTest, refreshStatistics } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

describe('the audience cut', () => {
  let db: TestDb;
  let world: World;
  let count = 0;

  beforeAll(async () => {
    db = await openTestDb(8);
  });
  afterAll(() => db.end());
  beforeEach(async () => {
    world = await makeWorld(db, `launch${count++}`);
  });

  // start_at keeps milliseconds and rounds: `now()` itself may lie half a millisecond ahead.
  async function due(kind: 'regular' | 'test' = 'regular'): Promise<string> {
    const { rows } = await db.worker.query<{ id: string }>(
      `update campaign set state = 'scheduled', start_at = date_trunc('milliseconds', now()), kind = $2::campaign_kind where id = $1 returning id`,
      [world.draftId, kind],
    );
    const id = rows[0]?.id as string;
    await beginLaunch(db.worker, id);
    return id;
  }

  const cut = (campaignId: string, lanes = new Map<string, string[]>()) =>
    cutChunk(db.worker, {
      campaignId,
      listId: world.listId,
      lanes,
      otherLaneId: world.laneId,
      size: 1_000,
    });

  const rowsOf = async (campaignId: string) => {
    const { rows } = await db.worker.query<{
      email: string;
      state: string;
      laneId: string;
      category: string | null;
    }>(
      'select email, state, lane_id as "laneId", category from delivery where campaign_id = $1 order by email',
      [campaignId],
    );
    return rows;
  };

  /** Resolves when somebody waits for a lock; whoever does not wait at all is told apart by the caller. */
  const blocked = () =>
    expect
      .poll(
        async () => {
          const rows = await db.as<{ n: number }>(
            db.urls.superuserUrl,
            `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return rows[0]?.n;
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBeGreaterThan(0);

  it('waits for a suppression that is about to commit, and leaves its people out', async () => {
    const campaignId = await due();
    const email = `waiting@${world.domain}`;
    let cutting: ReturnType<typeof cut> | undefined;
    await world.run(async (scope) => {
      await suppress(scope, { emails: [email], reason: 'unsubscribed' });
      cutting = cut(campaignId);
      await blocked();
    });
    expect(await cutting).toEqual({ inserted: 6, isDone: true });
    expect((await rowsOf(campaignId)).map((row) => row.email)).not.toContain(email);
  });

  it('a suppression that comes while it inserts waits for it, and cancels what it inserted', async () => {
    const campaignId = await due();
    const email = `waiting@${world.domain}`;
    let suppressing: Promise<unknown> | undefined;
    await db.worker.transaction(async (client) => {
      // What cutChunk holds while it inserts.
      await client.query('select 1 from tenant where id = $1 for share', [world.tenantId]);
      suppressing = world.run((scope) =>
        suppress(scope, { emails: [email], reason: 'unsubscribed' }),
      );
      await blocked();
      await cut(campaignId);
    });
    await suppressing;
    const row = (await rowsOf(campaignId)).find((one) => one.email === email);
    expect(row).toMatchObject({ state: 'cancelled', category: 'suppressed:unsubscribed' });
  });

  /** Holds up whoever reads recipients, so that a cut stands still in the middle of its chunk. */
  const whileCutting = async (campaignId: string, act: () => Promise<void>) => {
    let cutting: ReturnType<typeof cut> | undefined;
    await db.as(db.urls.ownerUrl, 'begin');
    await db.as(db.urls.ownerUrl, 'lock table recipient in access exclusive mode');
    try {
      cutting = cut(campaignId);
      await blocked();
      await act();
    } finally {
      await db.as(db.urls.ownerUrl, 'commit');
    }
    return cutting;
  };

  it('does not hold up the fences of its campaign while it inserts', async () => {
    const campaignId = await due();
    const cutting = await whileCutting(campaignId, async () => {
      // The lock that a fence takes.
      await db.worker.query('select 1 from campaign where id = $1 for share nowait', [campaignId]);
    });
    expect(cutting).toEqual({ inserted: 7, isDone: true });
  });

  it('takes its rows back when the campaign is cancelled while it inserts', async () => {
    const campaignId = await due();
    const cutting = await whileCutting(campaignId, async () => {
      await world.run((scope) => cancelCampaign(scope, { campaignId }));
    });
    expect(cutting).toEqual({ inserted: 0, isDone: true });
    expect(await rowsOf(campaignId)).toEqual([]);
  });

  it('goes on behind another cut of the same campaign, and inserts nobody twice', async () => {
    const campaignId = await due();
    const both = await Promise.all([cut(campaignId), cut(campaignId)]);
    expect(both.map(({ inserted }) => inserted).sort()).toEqual([0, 7]);
    expect(await rowsOf(campaignId)).toHaveLength(7);
  });

  it('an ANALYZE that came while the first rows were being inserted is made good, and one that counted is left alone', async () => {
    const rowsKnown = async () => {
      const rows = await db.as<{ n: number }>(
        db.urls.superuserUrl,
        `select reltuples::int as n from pg_class where oid = 'delivery'::regclass`,
      );
      return rows[0]?.n;
    };
    const counted = await db.worker.transaction(async (inserting) => {
      await inserting.query(
        `insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain)
         select $1, $2, n, $3, n || '@x.example', n || '@x.example', 'x.example' from generate_series(1000, 1999) as n`,
        [world.tenantId, world.campaignId, world.laneId],
      );
      await db.as(db.urls.ownerUrl, 'analyze delivery');
      return rowsKnown();
    });
    expect(counted).toBeLessThan(100);
    expect(await refreshStatistics(db.worker, 1_000)).toBe(true);
    expect(await rowsKnown()).toBeGreaterThanOrEqual(1_000);
    expect(await refreshStatistics(db.worker, 1_000)).toBe(false);
  });

  it('sending again waits for a suppression that is about to commit, and passes its people over', async () => {
    const email = `unknown@${world.domain}`;
    let resending: Promise<{ resent: number }> | undefined;
    await world.run(async (scope) => {
      await suppress(scope, { emails: [email], reason: 'manual' });
      resending = world.run((other) =>
        resendUnknown(other, { campaignId: world.campaignId, deliveryIds: 'all' }),
      );
      await blocked();
    });
    expect(await resending).toEqual({ resent: 0 });
  });

  it('spreads the people of a domain over its lanes, and gives the rest to the other lane', async () => {
    const campaignId = await due();
    const { rows } = await db.worker.query<{ id: string }>(
      `insert into lane (site, source) values ($1, 'one'), ($1, 'two') returning id`,
      [world.domain],
    );
    const ids = rows.map((row) => row.id);
    await db.worker.query(
      `update recipient set domain = 'new.example' where list_id = $1 and email like 'sending@%'`,
      [world.listId],
    );
    await cut(campaignId, new Map([[world.domain, ids]]));
    const byLane = Map.groupBy(await rowsOf(campaignId), (row) => row.laneId);
    expect([...byLane.keys()].sort()).toEqual([...ids, world.laneId].sort());
    expect(byLane.get(world.laneId)?.map((row) => row.email)).toEqual([`sending@${world.domain}`]);
    expect(Math.abs((byLane.get(ids[0] ?? '')?.length ?? 0) - 3)).toBeLessThanOrEqual(2);
    const marked = await db.worker.query('select 1 from campaign_lane where campaign_id = $1', [
      campaignId,
    ]);
    expect(marked.rowCount).toBe(3);
  });

  it('a test message to somebody who is out, or to no address, is cancelled with the reason', async () => {
    const to = (campaignId: string, email: string, refusal: string | null) =>
      cutTest(db.worker, {
        campaignId,
        email,
        emailKey: email,
        domain: world.domain,
        fields: {},
        laneId: world.laneId,
        refusal,
      });
    const campaignId = await due('test');
    await to(campaignId, `gone@${world.domain}`, null);
    expect(await rowsOf(campaignId)).toMatchObject([
      { state: 'cancelled', category: 'suppressed:manual' },
    ]);
    world = await makeWorld(db, `launch${count++}`);
    const other = await due('test');
    await to(other, 'a..b@x', 'bad-address');
    expect(await rowsOf(other)).toMatchObject([{ state: 'cancelled', category: 'bad-address' }]);
    world = await makeWorld(db, `launch${count++}`);
    const good = await due('test');
    await to(good, `waiting@${world.domain}`, null);
    expect(await rowsOf(good)).toMatchObject([{ state: 'waiting', category: null }]);
  });
});
