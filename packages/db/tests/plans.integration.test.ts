/** Plans of what is asked for every message. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asWorker, closeDb, type Db, openDb, type WorkerScope } from '../src/index.ts';
import {
  DELIVERY_SETTINGS,
  fenceDeliveries,
  readWaiting,
  readWaitingById,
  settleDeliveries,
  unfenceDeliveries,
} from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

let db: TestDb;
let world: World;
let delivery: Db;

beforeAll(async () => {
  db = await openTestDb(2);
  world = await makeWorld(db, 'plans');
  delivery = openDb({ url: db.urls.workerUrl, max: 1, settings: DELIVERY_SETTINGS });
});
afterAll(async () => {
  await closeDb(delivery);
  await db.end();
});

const statements: Record<string, (scope: WorkerScope) => Promise<unknown>> = {
  fence: (scope) => {
    const { tenantId, campaignId, laneId } = world;
    return fenceDeliveries(scope, 'me', [{ tenantId, campaignId, laneId, id: '1', epoch: 1 }]);
  },
  settle: (scope) => settleDeliveries(scope, []),
  unfence: (scope) => unfenceDeliveries(scope, []),
  'rows in order': (scope) => readWaiting(scope, { ...world, afterId: '0', limit: 10 }),
  'rows by id': (scope) => readWaitingById(scope, { ...world, ids: ['1'] }),
};

// Where a table can only be read whole although that is off, Postgres before 18 adds ten thousand million to the cost, beside which no
// other difference counts: on Postgres 15 the fence of 100 rows read every delivery there was, and 290 messages went out a second.
it.each(Object.keys(statements))(
  'the delivery connections never need to read a table whole: %s',
  async (name) => {
    const scope = asWorker(delivery);
    const plan: string[] = [];
    const explaining = {
      ...scope,
      query: async (text: string, values?: unknown[]) => {
        const { rows } = await scope.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
        plan.push(...rows.map((row) => row['QUERY PLAN']));
        return { rows: [], rowCount: 0 };
      },
    } as WorkerScope;
    await statements[name]?.(explaining);
    expect(plan.join('\n')).toMatch(/Index .*Scan.* on delivery/);
    expect(plan.filter((line) => /Seq Scan|Disabled/.test(line))).toEqual([]);
  },
);
