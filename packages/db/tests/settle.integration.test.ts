/** Late outcomes: what a worker knows of a delivery that a new owner of its lane has called unknown meanwhile. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  fenceDeliveries,
  type Outcome,
  reapLostDeliveries,
  settleDeliveries,
  unfenceDeliveries,
} from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

let db: TestDb;
let world: World;

beforeAll(async () => {
  db = await openTestDb(4);
  world = await makeWorld(db, 'settle');
});
afterAll(() => db.end());

const outcome = (state: 'unknown' | 'accepted'): Outcome => ({
  ...{ tenantId: world.tenantId, id: world.deliveries.sending as string, laneId: world.laneId },
  ...{ epoch: 1, state, disposition: state, nextAttemptMs: null, atMs: Date.now() },
  ...{ source: '127.0.0.1', mxHost: 'mx', mxAddress: '127.0.0.1:25', session: 's', transaction: 1 },
  ...{ mode: 'one_to_one', phase: 'DOT', code: null, enhanced: null, text: 'text' },
  ...{ category: state, envelopeMs: 1, dotMs: 1, sizeBytes: 1, tls: null },
  ...{ isUnfenced: false, attemptsBefore: 0, fencedAtMs: null },
});

it('a stopped worker that wakes up and knows no more than unknown adds no second log row; what it does know replaces it', async () => {
  const id = world.deliveries.sending as string;
  await db.worker.query('update delivery set epoch = 1, attempts = 0 where id = $1', [id]);
  await db.worker.query(
    `insert into campaign_lane (tenant_id, campaign_id, lane_id) values ($1, $2, $3) on conflict do nothing`,
    [world.tenantId, world.campaignId, world.laneId],
  );
  const lease = { laneId: world.laneId, site: 's', source: '127.0.0.1', owner: 'other', epoch: 2 };
  expect(await reapLostDeliveries(db.worker, lease)).toBe(1);
  const logged = async () => {
    const { rows } = await db.worker.query<{ disposition: string }>(
      'select disposition from delivery_event where delivery_id = $1 and epoch = 1 order by at',
      [id],
    );
    return rows.map(({ disposition }) => disposition);
  };
  const before = await logged();
  expect(await settleDeliveries(db.worker, [outcome('unknown')])).toBe(0);
  expect(await logged()).toEqual(before);
  expect(await settleDeliveries(db.worker, [outcome('accepted')])).toBe(1);
  expect(await logged()).toEqual([...before, 'accepted']);
  const { rows } = await db.worker.query('select state, attempts from delivery where id = $1', [
    id,
  ]);
  expect(rows).toEqual([{ state: 'accepted', attempts: 1 }]);
});

it('a recipient refused before any fence is settled from waiting, once, and only by the lane’s present epoch', async () => {
  const id = world.deliveries.waiting as string;
  await db.worker.query('update lane set epoch = 5 where id = $1', [world.laneId]);
  await db.worker.query('update delivery set attempts = 0 where id = $1', [id]);
  const deferred: Outcome = {
    ...outcome('unknown'),
    ...{ id, epoch: 5, state: 'waiting', disposition: 'deferred', isUnfenced: true },
    nextAttemptMs: Date.now() + 60_000,
  };
  expect(await settleDeliveries(db.worker, [{ ...deferred, epoch: 4 }])).toBe(0);
  expect(await settleDeliveries(db.worker, [{ ...deferred, isUnfenced: false }])).toBe(0);
  expect(await settleDeliveries(db.worker, [deferred])).toBe(1);
  // As after a COMMIT whose answer was lost.
  expect(await settleDeliveries(db.worker, [deferred])).toBe(0);
  const { rows } = await db.worker.query('select state, attempts from delivery where id = $1', [
    id,
  ]);
  expect(rows).toEqual([{ state: 'waiting', attempts: 1 }]);
});

it('statements that were given up for lost, and commit behind the next fence of their row, change nothing', async () => {
  const id = world.deliveries.cancelled as string;
  const { tenantId, campaignId, laneId } = world;
  const epoch = 9;
  await db.worker.query(
    `update lane set epoch = $2, owner = 'late', lease_until = now() + interval '1 minute' where id = $1`,
    [laneId, epoch],
  );
  await db.worker.query(`update campaign set state = 'running' where id = $1`, [campaignId]);
  await db.worker.query(
    `update delivery set state = 'waiting', attempts = 0, email_key = 'late@late.example' where id = $1`,
    [id],
  );
  const fence = async () => {
    const request = { tenantId, campaignId, id, laneId, epoch };
    const { ids, atMs } = await fenceDeliveries(db.worker, 'late', [request]);
    expect(ids).toEqual([id]);
    return atMs;
  };
  const first = { tenantId, id, epoch, fencedAtMs: await fence() };
  await unfenceDeliveries(db.worker, [first]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const second = { ...first, fencedAtMs: await fence() };
  expect(second.fencedAtMs).toBeGreaterThan(first.fencedAtMs);
  await unfenceDeliveries(db.worker, [first]);
  expect(await settleDeliveries(db.worker, [{ ...outcome('accepted'), ...first }])).toBe(0);
  expect(await settleDeliveries(db.worker, [{ ...outcome('accepted'), ...second }])).toBe(1);
});
