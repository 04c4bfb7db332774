/** Windows of installation, tenant, campaign and destination group: what the worker gets, and what is refused where it enters. */
import { allDayWindow, groupOf, type Window } from '@hikyaku/campaigns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  asStaff,
  campaignTotals,
  findClosedCampaign,
  readGroups,
  removeDestinationGroup,
  saveDestinationGroup,
  saveInstallationWindows,
  scheduleCampaign,
} from '../src/index.ts';
import {
  expireOverdue,
  fenceDeliveries,
  finishCampaigns,
  readDestinationGroups,
  readDueLanes,
  readLaneCampaigns,
} from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const ALWAYS = allDayWindow('Asia/Tokyo');
const daily = (start: string, end: string): Window => ({ ...ALWAYS, start, end });

describe('windows', () => {
  let db: TestDb;
  let world: World;
  let count = 0;

  beforeAll(async () => {
    db = await openTestDb(8);
  });
  afterAll(() => db.end());
  beforeEach(async () => {
    // What an earlier test left under way would be held against this one's changes.
    await db.script(db.urls.superuserUrl, `update campaign set state = 'finished'`);
    world = await makeWorld(db, `window${count++}`);
    await db.script(
      db.urls.superuserUrl,
      `update campaign_lane set done_at = null, next_due_at = now() where lane_id = ${world.laneId}`,
    );
  });

  const save = (window: Window, groupWindows: Record<string, Window> = {}) =>
    asStaff(db.staff, null, (scope) =>
      saveInstallationWindows(scope, { window, groupWindows, reason: 'test', nowMs: Date.now() }),
    );
  const setCampaign = (id: string, data: object) =>
    world.run(({ prisma, tenantId }) =>
      prisma.campaign.update({ where: { tenantId_id: { tenantId, id } }, data }),
    );
  const setTenant = (groupWindows: Record<string, Window>) =>
    world.run(({ prisma, tenantId }) =>
      prisma.tenant.update({ where: { id: tenantId }, data: { groupWindows } }),
    );

  it('reach the worker by group, all levels together, the installation’s first', async () => {
    expect(await save(daily('06:00', '23:00'), { mobile: daily('08:00', '22:00') })).toEqual({
      ok: true,
    });
    await setTenant({ mobile: daily('09:00', '21:00'), gone: daily('01:00', '02:00') });
    await setCampaign(world.campaignId, { groupWindows: { free: daily('10:00', '20:00') } });
    const [campaign] = await readLaneCampaigns(db.worker, world.laneId);
    const named = (window: Window) => window.start;
    expect(Object.keys(campaign?.windowsByGroup ?? {})).toEqual(['mobile', 'free', 'other']);
    expect(campaign?.windowsByGroup.mobile?.map(named)).toEqual([
      '06:00',
      '08:00',
      '00:00',
      '09:00',
      '00:00',
    ]);
    expect(campaign?.windowsByGroup.free?.map(named)).toEqual(['06:00', '00:00', '00:00', '10:00']);
    expect(campaign?.windowsByGroup.other?.map(named)).toEqual(['06:00', '00:00', '00:00']);
    await setCampaign(world.campaignId, { kind: 'test' });
    const [test] = await readLaneCampaigns(db.worker, world.laneId);
    expect(test?.windowsByGroup).toEqual({ mobile: [], free: [], other: [] });
    await save(ALWAYS);
  });

  it('the groups that come with an installation know the carriers and the free mailers', async () => {
    const groups = await readDestinationGroups(db.worker);
    const of = (domain: string) => groupOf(domain, groups);
    for (const domain of ['docomo.ne.jp', 'ezweb.ne.jp', 't.vodafone.ne.jp', 'i.softbank.jp'])
      expect([domain, of(domain)]).toEqual([domain, 'mobile']);
    for (const domain of ['gmail.com', 'yahoo.co.jp', 'icloud.com', 'hotmail.co.jp'])
      expect([domain, of(domain)]).toEqual([domain, 'free']);
    expect(of('company.example')).toBe('other');
  });

  it('of the installation that would shut a campaign under way are refused, with both windows named', async () => {
    await setCampaign(world.campaignId, { window: daily('09:00', '12:00'), name: 'morning' });
    const refused = await save(ALWAYS, { mobile: daily('13:00', '21:00') });
    expect(refused).toMatchObject({
      ok: false,
      fault: {
        code: 'windows-never-open',
        group: 'mobile',
        windows: [
          { level: 'installation', group: 'mobile', window: { start: '13:00' } },
          { level: 'campaign', group: null, window: { start: '09:00' } },
        ],
      },
      campaign: { campaignName: 'morning', tenantName: world.canary },
    });
    const { rows } = await db.worker.query('select group_windows as g from installation');
    expect(rows).toEqual([{ g: {} }]);
    // A minute in common is no time either: nothing begins in the last 60 s.
    expect(await save(ALWAYS, { mobile: daily('11:59', '21:00') })).toMatchObject({
      fault: { code: 'windows-too-short' },
    });
    await setCampaign(world.campaignId, { state: 'finished' });
    expect(await save(ALWAYS, { mobile: daily('13:00', '21:00') })).toEqual({ ok: true });
    await save(ALWAYS);
  });

  it('that are none by themselves are refused', async () => {
    expect(await save({ ...ALWAYS, zone: 'Asia/Edo' })).toMatchObject({
      fault: { code: 'zone-unknown' },
    });
    expect(await save(daily('09:00', '09:00'))).toMatchObject({ fault: { code: 'window-empty' } });
    expect(await save(daily('09:00', '12:00'), { free: daily('12:00', '13:00') })).toMatchObject({
      fault: { code: 'windows-never-open', group: 'free' },
      campaign: null,
    });
  });

  it('a tenant’s change is held against its own campaigns only', async () => {
    const other = await makeWorld(db, `beside${count++}`);
    await setCampaign(world.campaignId, { window: daily('09:00', '12:00') });
    const tenant = { window: daily('13:00', '21:00'), groupWindows: {} };
    const closed = (of: World) =>
      of.run((scope) => findClosedCampaign(scope, { tenant }, Date.now()));
    expect(await closed(world)).toMatchObject({
      campaignId: world.campaignId,
      fault: { windows: [{ level: 'tenant' }, { level: 'campaign' }] },
    });
    expect(await closed(other)).toBeNull();
  });

  it.each([
    [
      'windows-never-open',
      { window: { ...ALWAYS, days: [6] }, groupWindows: { mobile: { ...ALWAYS, days: [1] } } },
    ],
    ['zone-unknown', { window: { ...ALWAYS, zone: 'Nowhere/At_All' } }],
    ['window-no-days', { window: { ...ALWAYS, days: [] } }],
    ['expires-before-start', { expiresAt: new Date(Date.now() - 1_000) }],
  ])('a campaign with %s is not scheduled, and stays a draft', async (reason, data) => {
    await setCampaign(world.draftId, data);
    const scheduled = world.run((scope) =>
      scheduleCampaign(scope, { campaignId: world.draftId, startAt: null }),
    );
    await expect(scheduled).rejects.toMatchObject({ code: 'INVALID_INPUT', reason });
    const draft = await world.run(({ prisma, tenantId }) =>
      prisma.campaign.findUnique({ where: { tenantId_id: { tenantId, id: world.draftId } } }),
    );
    expect(draft).toMatchObject({ state: 'draft', content: null, startAt: null });
  });

  it('a campaign is not scheduled beside a change of windows: one of the two is refused', async () => {
    await setCampaign(world.campaignId, { state: 'finished' });
    await setCampaign(world.draftId, { window: daily('09:00', '12:00') });
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
    const saving = asStaff(db.staff, null, async (scope) => {
      const window = daily('13:00', '21:00');
      const given = { window, groupWindows: {}, reason: 'race', nowMs: Date.now() };
      const result = await saveInstallationWindows(scope, given);
      written();
      await mayCommit;
      return result;
    });
    await isWritten;
    const scheduling = world.run((scope) =>
      scheduleCampaign(scope, { campaignId: world.draftId, startAt: null }),
    );
    const refused = expect(scheduling).rejects.toMatchObject({ reason: 'windows-never-open' });
    commit();
    expect(await saving).toEqual({ ok: true });
    await refused;
    await save(ALWAYS);
  });

  it('a campaign past its expiry is neither handed out nor fenced', async () => {
    await setCampaign(world.campaignId, { expiresAt: new Date(Date.now() - 1_000) });
    expect(await readLaneCampaigns(db.worker, world.laneId)).toEqual([]);
    const due = await readDueLanes(db.worker, 100);
    expect(due.some(({ laneId }) => laneId === world.laneId)).toBe(false);
    await db.script(
      db.urls.superuserUrl,
      `update lane set owner = 'me', epoch = 7, lease_until = now() + interval '1 hour' where id = ${world.laneId}`,
    );
    const ids = { tenantId: world.tenantId, campaignId: world.campaignId, laneId: world.laneId };
    const request = { ...ids, id: world.deliveries.waiting as string, epoch: 7 };
    expect((await fenceDeliveries(db.worker, 'me', [request])).ids).toHaveLength(0);
    await setCampaign(world.campaignId, { expiresAt: new Date(Date.now() + 60_000) });
    expect((await fenceDeliveries(db.worker, 'me', [request])).ids).toHaveLength(1);
  });

  it('who still waits when a campaign has passed its end expires, and the campaign finishes with its last row', async () => {
    await setCampaign(world.campaignId, { expiresAt: new Date(Date.now() + 60_000) });
    expect(await expireOverdue(db.worker)).toBe(0);
    await setCampaign(world.campaignId, {
      expiresAt: new Date(Date.now() - 1_000),
      state: 'paused',
    });
    expect(await expireOverdue(db.worker)).toBe(0);
    await setCampaign(world.campaignId, { state: 'running' });
    expect(await expireOverdue(db.worker)).toBe(1);
    // One was on the wire: the campaign waits for it, and it comes back deferred.
    expect(await finishCampaigns(db.worker)).toEqual([]);
    await db.script(
      db.urls.superuserUrl,
      `update delivery set state = 'waiting' where id = ${world.deliveries.sending}`,
    );
    expect(await expireOverdue(db.worker)).toBe(1);
    expect(await finishCampaigns(db.worker)).toEqual([world.campaignId]);
    const totals = await world.run((scope) => campaignTotals(scope, world.campaignId));
    expect(totals).toMatchObject({ expired: 3, waiting: 0, sending: 0, isReconciled: true });
  });

  it('groups are edited by staff: made, changed, and removed; what is wrong is refused', async () => {
    const saveGroup = (key: string, patterns: string[]) =>
      asStaff(db.staff, null, (scope) =>
        saveDestinationGroup(scope, {
          ...{ key, patterns, nameJa: '学校', nameEn: 'Schools', reason: 'test' },
        }),
      );
    await saveGroup('schools', ['*.AC.jp ', '*.ed.jp', '*.ed.jp']);
    const groups = await readDestinationGroups(db.worker);
    expect(groupOf('u-tokyo.ac.jp', groups)).toBe('schools');
    expect(groups.find(({ key }) => key === 'schools')?.patterns).toEqual(['*.ac.jp', '*.ed.jp']);
    await expect(saveGroup('schools', ['gmail.com'])).rejects.toMatchObject({
      reason: 'pattern-twice',
      message: 'gmail.com',
    });
    await expect(saveGroup('schools', ['ac'])).rejects.toMatchObject({ reason: 'pattern-bad' });
    await expect(saveGroup('Bad Key', [])).rejects.toMatchObject({ reason: 'group-key' });
    await expect(saveGroup('other', ['ac.jp'])).rejects.toMatchObject({
      reason: 'group-other-patterns',
    });
    const remove = (key: string) =>
      asStaff(db.staff, null, (scope) => removeDestinationGroup(scope, { key, reason: 'test' }));
    await setTenant({ schools: daily('09:00', '17:00') });
    await expect(remove('schools')).rejects.toMatchObject({ reason: 'group-in-use' });
    await setTenant({});
    await setCampaign(world.campaignId, { groupWindows: { schools: daily('09:00', '17:00') } });
    await expect(remove('schools')).rejects.toMatchObject({ reason: 'group-in-use' });
    await setCampaign(world.campaignId, { state: 'finished' });
    await remove('schools');
    await expect(remove('schools')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(remove('other')).rejects.toMatchObject({ reason: 'group-other' });
    const left = await world.run((scope) => readGroups(scope));
    expect(left.map(({ key }) => key)).toEqual(['mobile', 'free', 'other']);
  });
});
