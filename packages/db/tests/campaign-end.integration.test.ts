/** How campaigns end: by a count, at their expiry, and for good. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { finishCampaigns, type Outcome, settleDeliveries } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

let db: TestDb;
let world: World;
let worlds = 0;

beforeEach(async () => {
  db ??= await openTestDb(4);
  world = await makeWorld(db, `campaign-end-${worlds++}`);
});
afterAll(() => db.end());

const stateOf = async (id: string | undefined) => {
  const { rows } = await db.worker.query<{ state: string }>(
    'select state from delivery where id = $1',
    [id],
  );
  return rows[0]?.state;
};
const campaign = async () => {
  const { rows } = await db.worker.query<{ state: string; isOver: boolean }>(
    'select state, finished_at is not null as "isOver" from campaign where id = $1',
    [world.campaignId],
  );
  return rows[0];
};
const expire = () =>
  db.worker.query(`update campaign set expires_at = now() - interval '1 second' where id = $1`, [
    world.campaignId,
  ]);
const endSending = () =>
  db.worker.query(`update delivery set state = 'unknown' where id = $1`, [
    world.deliveries.sending,
  ]);

describe('a campaign past its expiry', () => {
  it('ends what still waits as expired although its lanes are not done, and is finished', async () => {
    await db.worker.query('update campaign_lane set done_at = null where campaign_id = $1', [
      world.campaignId,
    ]);
    await endSending();
    await expire();
    expect(await finishCampaigns(db.worker)).toContain(world.campaignId);
    expect(await stateOf(world.deliveries.waiting)).toBe('expired');
    expect(await campaign()).toEqual({ state: 'finished', isOver: true });
  });

  it('waits for what is being sent', async () => {
    await expire();
    expect(await finishCampaigns(db.worker)).not.toContain(world.campaignId);
    expect(await stateOf(world.deliveries.waiting)).toBe('expired');
    expect(await campaign()).toEqual({ state: 'running', isOver: false });
  });
});

describe('a late deferral of a row that a new owner has called unknown', () => {
  const deferral = (): Outcome => ({
    ...{ tenantId: world.tenantId, id: world.deliveries.unknown as string, laneId: world.laneId },
    ...{ epoch: 1, state: 'waiting', disposition: 'deferred', atMs: Date.now() },
    ...{ nextAttemptMs: Date.now() + 60_000, source: '127.0.0.1', mxHost: 'mx', session: 's' },
    ...{ mxAddress: '127.0.0.1:25', transaction: 1, mode: 'one_to_one', phase: 'RCPT' },
    ...{ code: 451, enhanced: null, text: 'later', category: 'server-temporary' },
    ...{ envelopeMs: 1, dotMs: null, sizeBytes: 0, tls: null },
    ...{ isUnfenced: false, attemptsBefore: 0, fencedAtMs: null },
  });
  const setEpoch = () =>
    db.worker.query('update delivery set epoch = 1 where id = $1', [world.deliveries.unknown]);

  it('waits again while its campaign runs', async () => {
    await setEpoch();
    expect(await settleDeliveries(db.worker, [deferral()])).toBe(1);
    expect(await stateOf(world.deliveries.unknown)).toBe('waiting');
  });

  it('simulator, seed 191: stays unknown where its campaign is over, or it would wait for ever', async () => {
    await setEpoch();
    await db.worker.query(
      `update campaign set state = 'cancelled', finished_at = now() where id = $1`,
      [world.campaignId],
    );
    expect(await settleDeliveries(db.worker, [deferral()])).toBe(0);
    expect(await stateOf(world.deliveries.unknown)).toBe('unknown');
  });
});
