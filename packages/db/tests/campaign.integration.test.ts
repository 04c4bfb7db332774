import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addSenderDomain,
  asStaff,
  campaignTotals,
  cancelCampaign,
  createTestSend,
  deleteList,
  pauseCampaign,
  removeSenderDomain,
  resendUnknown,
  resumeCampaign,
  scheduleCampaign,
  suppress,
  unscheduleCampaign,
} from '../src/index.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

describe('a campaign', () => {
  let db: TestDb;
  let world: World;
  let count = 0;

  beforeAll(async () => {
    db = await openTestDb(8);
  });
  afterAll(() => db.end());
  beforeEach(async () => {
    world = await makeWorld(db, `tenant${count++}`);
  });

  const read = (id: string) =>
    world.run(({ prisma, tenantId }) =>
      prisma.campaign.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
    );
  const set = (id: string, data: object) =>
    world.run(({ prisma, tenantId }) =>
      prisma.campaign.update({ where: { tenantId_id: { tenantId, id } }, data }),
    );
  const actions = () =>
    world.run(async ({ prisma }) =>
      (await prisma.audit.findMany({ orderBy: { id: 'asc' } })).map((row) => row.action),
    );

  it('pauses, resumes and tells who and why', async () => {
    const { campaignId } = world;
    await world.run((scope) => pauseCampaign(scope, { campaignId, reason: 'typo' }));
    expect((await read(campaignId)).state).toBe('paused');
    await expect(world.run((scope) => pauseCampaign(scope, { campaignId }))).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'campaign-action-not-allowed',
    });
    expect(await world.run((scope) => resumeCampaign(scope, { campaignId }))).toEqual({
      state: 'running',
    });
    const audits = await world.run(({ prisma }) =>
      prisma.audit.findMany({ where: { action: 'campaign.pause' } }),
    );
    expect(audits).toMatchObject([
      { actorId: world.ownerId, reason: 'typo', target: `campaign:${campaignId}`, isStaff: false },
    ]);
  });

  it('that was paused before its audience was cut goes on with the cut', async () => {
    await set(world.campaignId, { state: 'paused', total: null });
    const resumed = await world.run((scope) =>
      resumeCampaign(scope, { campaignId: world.campaignId }),
    );
    expect(resumed).toEqual({ state: 'launching' });
  });

  it('cancelled: what waited is cancelled, what was sent keeps its outcome, the sum holds', async () => {
    const { campaignId } = world;
    const result = await world.run((scope) => cancelCampaign(scope, { campaignId }));
    expect(result).toEqual({ cancelled: 1 });
    const totals = await world.run((scope) => campaignTotals(scope, campaignId));
    expect(totals).toMatchObject({ waiting: 0, cancelled: 2, sending: 1, isReconciled: true });
    expect((await read(campaignId)).finishedAt).toBeNull();
    for (const act of [cancelCampaign, pauseCampaign, resumeCampaign]) {
      const refused = world.run<unknown>((scope) => act(scope, { campaignId }));
      await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    }
  });

  it('of a pause and a cancel at once, both happen in some order or the pause is refused', async () => {
    const { campaignId } = world;
    const [pause, cancel] = await Promise.allSettled([
      world.run((scope) => pauseCampaign(scope, { campaignId })),
      world.run((scope) => cancelCampaign(scope, { campaignId })),
    ]);
    expect(cancel.status).toBe('fulfilled');
    if (pause.status === 'rejected') expect(pause.reason.code).toBe('CONFLICT');
    expect((await read(campaignId)).state).toBe('cancelled');
  });

  it('a pause waits for a fence that is under way, and none begins after it', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    const fence = db.worker.transaction(async (client) => {
      await client.query('select 1 from campaign where id = $1 for share', [world.campaignId]);
      order.push('fence begun');
      await held;
      order.push('fence committed');
    });
    await expect.poll(() => order).toEqual(['fence begun']);
    const pause = world
      .run((scope) => pauseCampaign(scope, { campaignId: world.campaignId }))
      .then(() => order.push('paused'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    release();
    await Promise.all([fence, pause]);
    expect(order).toEqual(['fence begun', 'fence committed', 'paused']);
  });

  it('is scheduled with its content frozen', async () => {
    const campaignId = world.draftId;
    const startAt = new Date(Date.now() + 3_600_000);
    await world.run((scope) => scheduleCampaign(scope, { campaignId, startAt }));
    await world.run(({ prisma, tenantId }) =>
      prisma.template.update({
        where: { tenantId_id: { tenantId, id: world.templateId } },
        data: { subject: 'edited later' },
      }),
    );
    expect(await read(campaignId)).toMatchObject({
      state: 'scheduled',
      startAt,
      content: { subject: `${world.canary} subject`, html: '<p>', text: 'text' },
    });
    await world.run((scope) => unscheduleCampaign(scope, { campaignId }));
    expect(await read(campaignId)).toMatchObject({ state: 'draft', startAt: null, content: null });
    const { startAt: now } = await world.run((scope) =>
      scheduleCampaign(scope, { campaignId, startAt: null }),
    );
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['in-the-past', async () => {}, new Date(Date.now() - 3_600_000)],
    ['in-the-past', async () => {}, new Date(Number.NaN)],
    ['list-missing', () => set(world.draftId, { listId: null }), null],
    ['list-empty', emptyList, null],
    ['template-missing', () => set(world.draftId, { templateId: null }), null],
    ['from-missing', () => set(world.draftId, { fromEmail: 'nobody' }), null],
    ['from-not-proven', () => set(world.draftId, { fromEmail: 'a@other.example' }), null],
    ['from-not-proven', () => set(world.draftId, { fromEmail: `a@x.${world.domain}` }), null],
  ])('is not scheduled: %s, and stays a draft', async (reason, spoil, startAt) => {
    await spoil();
    const refused = world.run((scope) =>
      scheduleCampaign(scope, { campaignId: world.draftId, startAt }),
    );
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT', reason });
    expect(await read(world.draftId)).toMatchObject({ state: 'draft', content: null });
  });

  it('in bulk is refused with the fields of its frozen content, and nothing has changed', async () => {
    const { draftId } = world;
    await set(draftId, { mode: 'bulk' });
    const seen: unknown[] = [];
    const schedule = (fields: readonly string[]) =>
      world.run((scope) =>
        scheduleCampaign(scope, {
          campaignId: draftId,
          startAt: null,
          recipientFieldsOf: (content) => {
            seen.push(content);
            return fields;
          },
        }),
      );
    await expect(schedule(['name', 'email'])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      reason: 'bulk-fields',
      params: { fields: 'name, email' },
    });
    expect(await read(draftId)).toMatchObject({ state: 'draft', content: null, startAt: null });
    expect(await actions()).not.toContain('campaign.schedule');
    await schedule([]);
    expect(await read(draftId)).toMatchObject({ state: 'scheduled', mode: 'bulk' });
    expect(seen).toEqual(
      Array(2).fill({ subject: `${world.canary} subject`, html: '<p>', text: 'text' }),
    );
  });

  it('in bulk is not scheduled by a caller who cannot tell its fields', async () => {
    await set(world.draftId, { mode: 'bulk' });
    const careless = world.run((scope) =>
      scheduleCampaign(scope, { campaignId: world.draftId, startAt: null }),
    );
    await expect(careless).rejects.toThrow('recipientFieldsOf');
    expect(await read(world.draftId)).toMatchObject({ state: 'draft', content: null });
  });

  it('cannot be scheduled from a domain that staff took back, nor from another tenant’s', async () => {
    const { tenantId, domain, draftId } = world;
    const other = await makeWorld(db, `other${count++}`);
    await set(draftId, { fromEmail: `news@${other.domain}` });
    const schedule = () =>
      world.run((scope) => scheduleCampaign(scope, { campaignId: draftId, startAt: null }));
    await expect(schedule()).rejects.toMatchObject({ reason: 'from-not-proven' });
    await set(draftId, { fromEmail: `news@${domain}` });
    await asStaff(db.staff, null, (scope) =>
      removeSenderDomain(scope, { tenantId, domain, reason: 'expired' }),
    );
    await expect(schedule()).rejects.toMatchObject({ reason: 'from-not-proven' });
    await asStaff(db.staff, null, (scope) =>
      addSenderDomain(scope, { tenantId, domain: domain.toUpperCase(), reason: 'renewed' }),
    );
    await schedule();
  });

  it('finished, with unknowns sent again: it runs, and its lanes are due and read from the start', async () => {
    const { campaignId } = world;
    await set(campaignId, { state: 'finished', finishedAt: new Date() });
    const before = await read(campaignId);
    const result = await world.run((scope) =>
      resendUnknown(scope, { campaignId, deliveryIds: 'all' }),
    );
    expect(result).toEqual({ resent: 1 });
    expect(await read(campaignId)).toMatchObject({
      state: 'running',
      finishedAt: null,
      rescanEpoch: before.rescanEpoch + 1,
    });
    const { rows } = await db.worker.query(
      'select done_at, next_due_at <= now() as due from campaign_lane where campaign_id = $1',
      [campaignId],
    );
    expect(rows).toEqual([{ done_at: null, due: true }]);
    const totals = await world.run((scope) => campaignTotals(scope, campaignId));
    expect(totals).toMatchObject({ waiting: 2, unknown: 0, isReconciled: true });
    expect(await actions()).toContain('campaign.resend-unknown');
  });

  it('unknowns twice at once are sent again once', async () => {
    const { campaignId } = world;
    const results = await Promise.all(
      [1, 2, 3].map(() =>
        world.run((scope) => resendUnknown(scope, { campaignId, deliveryIds: 'all' })),
      ),
    );
    expect(results.reduce((sum, { resent }) => sum + resent, 0)).toBe(1);
  });

  it('only chosen unknowns, only unknowns, and nobody who is suppressed are sent again', async () => {
    const { campaignId, deliveries } = world;
    const accepted = [deliveries.accepted ?? '', deliveries.bounced ?? ''];
    const resend = (deliveryIds: string[] | 'all') =>
      world.run((scope) => resendUnknown(scope, { campaignId, deliveryIds }));
    expect(await resend(accepted)).toEqual({ resent: 0 });
    await world.run((scope) =>
      suppress(scope, { emails: [`unknown@${world.domain}`], reason: 'unsubscribed' }),
    );
    expect(await resend('all')).toEqual({ resent: 0 });
    await expect(resend(['x'])).rejects.toMatchObject({ code: 'INVALID_ID' });
  });

  it('keeps its list from being deleted while it lives, and a draft lets it go', async () => {
    const { listId, campaignId, draftId } = world;
    const remove = () => world.run((scope) => deleteList(scope, { listId }));
    await expect(remove()).rejects.toMatchObject({ code: 'CONFLICT', reason: 'campaign_live' });
    await set(campaignId, { state: 'finished' });
    await remove();
    expect((await read(draftId)).listId).toBeNull();
    await expect(remove()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a schedule and the deletion of its list at once, one is refused', async () => {
    await set(world.campaignId, { state: 'finished' });
    const done = await Promise.allSettled([
      world.run((scope) => scheduleCampaign(scope, { campaignId: world.draftId, startAt: null })),
      world.run((scope) => deleteList(scope, { listId: world.listId })),
    ]);
    expect(done.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('for a test goes to one person, from a proven domain only, and is due at once', async () => {
    const input = {
      name: 'try',
      toEmail: 'me@x.example',
      fields: { name: '山田' },
      fromName: 'News',
      fromEmail: `news@${world.domain}`,
      content: { subject: 's', html: 'h', text: 't' },
    };
    const { campaignId } = await world.run((scope) => createTestSend(scope, input));
    expect(await read(campaignId)).toMatchObject({
      kind: 'test',
      state: 'scheduled',
      testEmail: 'me@x.example',
      testFields: { name: '山田' },
      content: input.content,
    });
    const other = { ...input, fromEmail: 'a@other.example' };
    await expect(world.run((scope) => createTestSend(scope, other))).rejects.toMatchObject({
      reason: 'from-not-proven',
    });
  });

  it('for a test in bulk is bulk, and is refused with a recipient field', async () => {
    const test = (fields: readonly string[]) =>
      world.run((scope) =>
        createTestSend(scope, {
          name: 'try',
          toEmail: 'me@x.example',
          fields: {},
          fromName: 'News',
          fromEmail: `news@${world.domain}`,
          content: { subject: 's', html: 'h', text: 't' },
          mode: 'bulk',
          recipientFieldsOf: () => fields,
        }),
      );
    const tests = () =>
      world.run(({ prisma }) => prisma.campaign.count({ where: { kind: 'test' } }));
    await expect(test(['name'])).rejects.toMatchObject({ reason: 'bulk-fields' });
    expect(await tests()).toBe(0);
    const { campaignId } = await test([]);
    expect(await read(campaignId)).toMatchObject({ kind: 'test', mode: 'bulk' });
  });

  async function emptyList() {
    await world.run(({ prisma }) => prisma.recipient.deleteMany({}));
  }
});
