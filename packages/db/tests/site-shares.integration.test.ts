/** Parts of a cap under the lanes' leases, the status of sites with its age, and pins: what staff and workers find in the tables. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  asStaff,
  listDestinations,
  pinLearnedLimit,
  readSiteProfiles,
  unpinLimit,
  type WorkerScope,
} from '../src/index.ts';
import {
  acquireLane,
  ensureLanes,
  type LaneLease,
  type LearnedSiteField,
  releaseLane,
  type SiteStatusRow,
  saveLearned,
  shareSessions,
  writeSiteStatus,
} from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';

let db: TestDb;
let scope: WorkerScope;
const SITE = 'mx.test';

beforeAll(async () => {
  db = await openTestDb();
  scope = db.worker;
});

afterAll(() => db?.end());

async function lanes(...sources: string[]): Promise<LaneLease[]> {
  const ids = await ensureLanes(
    scope,
    sources.map((source) => ({ site: SITE, source })),
  );
  return Promise.all(
    ids.map(async (laneId) => {
      const lease = await acquireLane(scope, { laneId, owner: 'w', leaseMs: 60_000 });
      if (!lease) throw new Error('the lane is taken');
      return lease;
    }),
  );
}

const claim = ({ laneId, epoch }: LaneLease, want: number, bound = 0) => ({
  ...{ laneId, epoch, site: SITE, want, bound },
});
/** What `grant` saw of the site. */
async function seen(claims: Parameters<typeof shareSessions>[1]) {
  let shares: { laneId: string; want: number; granted: number }[] = [];
  await shareSessions(scope, claims, (_site, given) => {
    shares = given.map(({ laneId, want, granted }) => ({ laneId, want, granted }));
    return new Map(claims.map(({ laneId, want }) => [laneId, want]));
  });
  return shares;
}

it('a part counts as long as its lane’s lease of that epoch does', async () => {
  const [a, b] = (await lanes('192.0.2.1', '192.0.2.2')) as [LaneLease, LaneLease];
  await seen([claim(a, 3)]);
  expect(await seen([claim(b, 2)])).toEqual([
    { laneId: a.laneId, want: 3, granted: 3 },
    { laneId: b.laneId, want: 2, granted: 0 },
  ]);
  await releaseLane(scope, a);
  expect((await seen([claim(b, 2, 2)])).map(({ laneId }) => laneId)).toEqual([b.laneId]);
  // A worker that wakes up late claims under an epoch that is over: nobody counts it, and it is told nothing.
  expect((await seen([claim(a, 3)])).map(({ laneId }) => laneId)).toEqual([b.laneId]);
  await releaseLane(scope, b);
});

it('a former owner that wakes up does not hide what the present one holds, or others would be granted it once more', async () => {
  const [before, other] = (await lanes('192.0.2.3', '192.0.2.4')) as [LaneLease, LaneLease];
  await releaseLane(scope, before);
  const [present] = (await lanes('192.0.2.3')) as [LaneLease];
  await seen([claim(present, 3)]);
  await seen([claim(before, 3, 3)]);
  expect(await seen([claim(other, 2)])).toEqual([
    { laneId: present.laneId, want: 3, granted: 3 },
    { laneId: other.laneId, want: 2, granted: 0 },
  ]);
  for (const lease of [present, other]) await releaseLane(scope, lease);
});

const row = (laneId: string, accepted: number): SiteStatusRow => ({
  ...{ site: SITE, laneId, source: '192.0.2.1', sessionsOpen: 2, sessionsOpening: 1 },
  ...{ sessionsWindow: 3, sessionsCap: 5, acceptedPerSecond: 4.5, answeredPerSecond: 5 },
  ...{ deferredShare: 0.1, queued: 7, backOffUntilMs: Date.now() + 60_000, failures: 2 },
  trouble: { why: '421 connection-limit', atMs: Date.now() },
  limits: {},
  since: { accepted, deferred: 1, bounced: 0, busyMs: 3_000 },
});
const destination = () =>
  asStaff(db.staff, null, async (staff) => (await listDestinations(staff, { site: SITE }))[0]);

it('status is the last word, counts add up within the hour, and what nobody writes ages out', async () => {
  await writeSiteStatus(scope, 'w1', [row('1', 10)]);
  await writeSiteStatus(scope, 'w1', [row('1', 5), row('2', 1)]);
  expect(await destination()).toMatchObject({
    lanes: [
      { laneId: '1', sessionsOpen: 2, failures: 2, trouble: '421 connection-limit' },
      { laneId: '2' },
    ],
    day: { accepted: 16, deferred: 3, bounced: 0 },
  });
  await db.worker.query(
    `update site_status set at = now() - interval '11 minutes' where lane_id = 2`,
  );
  await writeSiteStatus(scope, 'w1', [row('1', 0)]);
  expect((await destination())?.lanes).toHaveLength(1);
});

it('a lane given back and taken again within seconds is written down twice: the later word stays, and both count', async () => {
  const before = (await destination())?.day;
  const taken = row('1', 4);
  await writeSiteStatus(scope, 'w1', [row('1', 10), { ...taken, sessionsOpen: 3 }]);
  expect(await destination()).toMatchObject({
    lanes: [{ laneId: '1', sessionsOpen: 3 }],
    day: { accepted: (before?.accepted ?? 0) + 14 },
  });
});

it('a pin is staff’s from then on, and let go it is learned again; what is not learned cannot be pinned', async () => {
  const at = { site: SITE, source: '192.0.2.1' };
  const learned: LearnedSiteField = {
    field: 'recipientsMax',
    value: 37,
    mxHost: null,
    reason: '452 after 37',
    atMs: Date.now(),
    expiresAtMs: Date.now() + 60_000,
  };
  await saveLearned(scope, { ...at, fields: [learned] });
  const overrideOf = () =>
    asStaff(db.staff, null, async (staff) => (await readSiteProfiles(staff, [SITE]))[0]);
  const pin = (field: 'recipientsMax' | 'rateMax') =>
    asStaff(db.staff, null, (staff) => pinLearnedLimit(staff, { ...at, field, reason: 'seen' }));
  await pin('recipientsMax');
  expect((await overrideOf())?.staffOverride).toMatchObject({
    values: { recipientsMax: 37 },
    reason: 'seen',
  });
  await expect(pin('rateMax')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await asStaff(db.staff, null, (staff) =>
    unpinLimit(staff, { site: SITE, field: 'recipientsMax', reason: 'again' }),
  );
  expect((await overrideOf())?.staffOverride).toBeNull();
});
