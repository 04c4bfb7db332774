/** Late outcomes: what a worker knows of a delivery that a new owner of its lane has called unknown meanwhile. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Outcome, reapLostDeliveries, settleDeliveries } from '../src/worker.ts';
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
  ...{ isUnfenced: false, attemptsBefore: 0 },
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
