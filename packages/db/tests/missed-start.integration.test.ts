/** A campaign whose start passed while no worker was up asks before it starts. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { scheduleCampaign, startMissedCampaign, unscheduleCampaign } from '../src/index.ts';
import { beginLaunch, markMissedStarts, readLaunchable } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const GRACE_MS = 900_000;
let db: TestDb;
let world: World;
let count = 0;

beforeAll(async () => {
  db = await openTestDb(4);
});
afterAll(() => db.end());
beforeEach(async () => {
  world = await makeWorld(db, `missed${count++}`);
});

/** Scheduled, with a start that lies so far back. */
async function late(minutes: number, kind: 'regular' | 'test' = 'regular'): Promise<string> {
  await db.worker.query(
    `update campaign set state = 'scheduled', kind = $2::campaign_kind, start_at = now() - $3::int * interval '1 minute'
      where id = $1`,
    [world.draftId, kind, minutes],
  );
  return world.draftId;
}
const start = (campaignId: string) =>
  world.run((scope) => startMissedCampaign(scope, { campaignId }));

it('within the grace it starts by itself, and has not missed anything', async () => {
  const id = await late(14);
  expect(await markMissedStarts(db.worker, GRACE_MS)).not.toContain(id);
  expect(await readLaunchable(db.worker)).toContain(id);
  await expect(start(id)).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'campaign-action-not-allowed',
  });
});

it('behind the grace it waits for a person, whatever asks for it; then it starts, once', async () => {
  const id = await late(16);
  expect(await markMissedStarts(db.worker, GRACE_MS)).toContain(id);
  expect(await markMissedStarts(db.worker, GRACE_MS), 'said once').not.toContain(id);
  expect(await readLaunchable(db.worker)).not.toContain(id);
  expect(await beginLaunch(db.worker, id)).toBeUndefined();
  await start(id);
  await expect(start(id)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await markMissedStarts(db.worker, GRACE_MS)).not.toContain(id);
  expect(await readLaunchable(db.worker)).toContain(id);
  expect(await beginLaunch(db.worker, id)).toMatchObject({ campaignId: id });
});

it('given another time, it starts at that one', async () => {
  const id = await late(16);
  await markMissedStarts(db.worker, GRACE_MS);
  await world.run((scope) => unscheduleCampaign(scope, { campaignId: id }));
  await world.run((scope) => scheduleCampaign(scope, { campaignId: id, startAt: null }));
  expect(await readLaunchable(db.worker)).toContain(id);
});

it('a test message is sent however late', async () => {
  const id = await late(600, 'test');
  expect(await markMissedStarts(db.worker, GRACE_MS)).not.toContain(id);
  expect(await readLaunchable(db.worker)).toContain(id);
});
