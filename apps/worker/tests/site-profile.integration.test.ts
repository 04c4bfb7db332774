/** A destination's profile out of three rooms: seeds of the release, what was learned and stored, and what staff decided. */
import { siteProfileValuesSchema } from '@hikyaku/contracts';
import { asStaff, asWorker, closeDb, type Db, openDb, setSiteOverride } from '@hikyaku/db';
import { readSiteProfiles, saveLearned } from '@hikyaku/db/worker';
import { DEFAULT_VALUES, learnFrom, profileOf, sessionLimitsOf } from '@hikyaku/replies';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

const DAY_MS = 86_400_000;
let database: TestDatabase;
let worker: Db;
let staff: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  worker = openDb({ url: database.workerUrl, max: 2 });
  staff = openDb({ url: database.staffUrl, max: 2 });
});

afterAll(async () => {
  await Promise.all([closeDb(worker), closeDb(staff)]);
  await database?.drop();
});

test('staff may set every field that a profile has, and no other', () => {
  expect(Object.keys(siteProfileValuesSchema.shape).sort()).toEqual(
    Object.keys(DEFAULT_VALUES).sort(),
  );
  expect(siteProfileValuesSchema.safeParse(DEFAULT_VALUES).success).toBe(true);
});

test('seeded, then learned by one source, then decided by staff: each step shows, with its origin', async () => {
  const scope = asWorker(worker);
  const nowMs = Date.now();
  const [site, source] = ['yahoo.com', '192.0.2.1'];
  const profileFor = async (from: string, atMs = nowMs) => {
    const [stored] = await readSiteProfiles(scope, [site]);
    const learned = stored?.learned.filter((field) => field.source === from) ?? [];
    const sources = { staffOverride: stored?.staffOverride ?? null, learned };
    return profileOf(site, ['mta5.am0.yahoodns.net'], sources, atMs);
  };

  const seeded = await profileFor(source);
  expect(sessionLimitsOf(seeded)).toEqual({ transactionsMax: 20, recipientsMax: 100 });

  const seen = { kind: 'closed-after', transactions: 5, timesSeen: 2 } as const;
  await saveLearned(scope, { site, source, fields: learnFrom(seen, seeded, nowMs) });
  const learned = await profileFor(source);
  expect(learned.values.transactionsMax).toBe(5);
  expect(learned.origins.transactionsMax).toMatchObject({ from: 'learned', atMs: nowMs });
  expect((await profileFor('192.0.2.2')).values.transactionsMax).toBe(20);
  expect((await profileFor(source, nowMs + 31 * DAY_MS)).values.transactionsMax).toBe(20);

  await asStaff(staff, null, (staffScope) =>
    setSiteOverride(staffScope, {
      site,
      values: { transactionsMax: 10, isPipeliningOff: true },
      reason: 'Their postmaster said so on the phone.',
    }),
  );
  const decided = await profileFor(source);
  expect(decided.values.transactionsMax).toBe(10);
  expect(decided.quirks.isPipeliningOff).toBe(true);
  expect(decided.origins.transactionsMax).toMatchObject({
    from: 'staff',
    reason: 'Their postmaster said so on the phone.',
  });
  expect(decided.origins.recipientsMax.from).toBe('default');
});
