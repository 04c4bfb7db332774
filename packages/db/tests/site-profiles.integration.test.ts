import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asStaff, findBrokenOverrides, readSiteProfiles, setSiteOverride } from '../src/index.ts';
import { type LearnedSiteField, saveLearned } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';

const HOUR_MS = 3_600_000;
const learned = (more: Partial<LearnedSiteField>): LearnedSiteField => ({
  field: 'recipientsMax',
  value: 50,
  mxHost: null,
  reason: 'Dropped with 100 RCPTs written.',
  atMs: Date.now() - 1_000,
  expiresAtMs: Date.now() + HOUR_MS,
  ...more,
});

describe('site profiles', () => {
  let db: TestDb;
  let site: string;
  let count = 0;

  beforeAll(async () => {
    db = await openTestDb(4);
  });
  afterAll(() => db.end());
  beforeEach(() => {
    site = `site${count++}.example`;
  });

  const override = (values: object, reason = 'The postmaster asked.') =>
    asStaff(db.staff, null, (scope) => setSiteOverride(scope, { site, values, reason }));
  const read = async () => (await readSiteProfiles(db.worker, [site]))[0];
  const save = (source: string, fields: LearnedSiteField[]) =>
    saveLearned(db.worker, { site, source, fields });

  it('of a site that nobody knows there is an empty entry, in the order asked', async () => {
    const sites = ['b.example', 'a.example'];
    const found = await readSiteProfiles(db.worker, sites);
    expect(found.map((entry) => entry.site)).toEqual(sites);
    expect(found[0]).toMatchObject({ staffOverride: null, learned: [], isPausedByStaff: false });
  });

  it('an override is read back by worker and staff, with reason and moment, and leaves an audit row', async () => {
    await override({ recipientsMax: 20, isStartTlsOff: true, extensionsOff: ['CHUNKING'] });
    const expected = {
      values: { recipientsMax: 20, isStartTlsOff: true, extensionsOff: ['CHUNKING'] },
      reason: 'The postmaster asked.',
      atMs: expect.any(Number),
    };
    expect((await read())?.staffOverride).toMatchObject(expected);
    await asStaff(db.staff, null, async (scope) => {
      const [entry] = await readSiteProfiles(scope, [site]);
      expect(entry?.staffOverride).toMatchObject(expected);
      const rows = await scope.sql<{ action: string; detail: object }>`
        select action, detail from audit where target = ${`site:${site}`}`;
      expect(rows).toEqual([
        { action: 'site.override', detail: { before: {}, after: expected.values } },
      ]);
    });
  });

  it('a second override replaces the first; an empty one takes it away; the audit has both', async () => {
    await override({ recipientsMax: 20 });
    await override({ isHeloOnly: true });
    expect((await read())?.staffOverride?.values).toEqual({ isHeloOnly: true });
    await override({});
    expect((await read())?.staffOverride).toBeNull();
    await asStaff(db.staff, null, async (scope) => {
      const rows = await scope.sql<{ detail: { before: object } }>`
        select detail from audit where target = ${`site:${site}`} order by id`;
      expect(rows.map(({ detail }) => detail.before)).toEqual([
        {},
        { recipientsMax: 20 },
        { isHeloOnly: true },
      ]);
    });
  });

  it.each([
    ['a misspelt name', { recipentsMax: 20 }],
    ['a limit of nothing', { recipientsMax: 0 }],
    ['every minute of the hour', { congestionMinutes: Array.from({ length: 60 }, (_, at) => at) }],
  ])('%s is refused and nothing is stored', async (_, values) => {
    await expect(override(values)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await read())?.staffOverride).toBeNull();
  });

  it('one that was stored past that and does not parse binds nothing, and is named', async () => {
    await override({ recipientsMax: 20, isHeloOnly: true });
    await db.script(
      db.urls.superuserUrl,
      `update site_profile set quirks = '{"isHeloOnly": true, "isDotApart": "yes"}' where site = '${site}'`,
    );
    const stored = await read();
    expect(stored?.staffOverride).toBeNull();
    expect(stored?.overrideFault).toContain('isDotApart');
    expect(await findBrokenOverrides(db.worker)).toEqual([{ site, fault: stored?.overrideFault }]);
    await override({ recipientsMax: 20 });
    expect(await findBrokenOverrides(db.worker)).toEqual([]);
  });

  it('an override without a reason is refused', async () => {
    await expect(override({ recipientsMax: 20 }, ' ')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('what was learned is kept per source, host and field, and the newest word counts', async () => {
    await save('192.0.2.1', [learned({}), learned({ value: 25 })]);
    await save('192.0.2.2', [learned({ value: 80 })]);
    await save('192.0.2.1', [
      learned({ field: 'isStartTlsOff', value: true, mxHost: 'mx1.example' }),
      learned({ field: 'isStartTlsOff', value: true, mxHost: 'mx2.example' }),
      learned({ value: 12, reason: 'Dropped again.' }),
    ]);
    const found = (await read())?.learned.map((field) => [
      field.source,
      field.field,
      field.mxHost,
      field.value,
    ]);
    expect(found).toHaveLength(4);
    expect(found).toContainEqual(['192.0.2.1', 'recipientsMax', null, 12]);
    expect(found).toContainEqual(['192.0.2.2', 'recipientsMax', null, 80]);
    expect(found).toContainEqual(['192.0.2.1', 'isStartTlsOff', 'mx2.example', true]);
  });

  it('what has expired, and what this release does not know, is left out', async () => {
    await save('192.0.2.1', [
      learned({ expiresAtMs: Date.now() - 1_000 }),
      learned({ field: 'somethingNew' as LearnedSiteField['field'], value: true }),
      learned({ field: 'isHeloOnly', value: 'yes' as unknown as boolean }),
      learned({ field: 'isDotApart', value: true }),
    ]);
    expect((await read())?.learned.map(({ field }) => field)).toEqual(['isDotApart']);
  });
});
