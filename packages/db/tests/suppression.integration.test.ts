import type { Role } from '@hikyaku/audience';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  releaseSuppression,
  suppress,
  unsubscribeByAddress,
  unsubscribeByDelivery,
} from '../src/index.ts';
import { cleanDeadAddresses } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

describe('suppression', () => {
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

  const stateOf = (id = '') =>
    world.run(async ({ prisma, tenantId }) => {
      const where = { tenantId_id: { tenantId, id: BigInt(id) } };
      return prisma.delivery.findUnique({ where, select: { state: true, category: true } });
    });
  const active = (email: string) =>
    world.run(({ prisma }) => prisma.suppression.findMany({ where: { email, releasedAt: null } }));

  it('cancels what waits for these people, and only that', async () => {
    const email = `waiting@${world.domain}`;
    const others = ['sending', 'accepted', 'bounced', 'unknown'];
    const result = await world.run((scope) =>
      suppress(scope, {
        emails: [email.toUpperCase(), ` ${email} `, ...others.map((o) => `${o}@${world.domain}`)],
        reason: 'manual',
        note: 'asked by phone',
      }),
    );
    expect(result).toEqual({ added: 5, already: 0, cancelled: 1 });
    expect(await stateOf(world.deliveries.waiting)).toEqual({
      state: 'cancelled',
      category: 'suppressed:manual',
    });
    for (const state of others) {
      expect((await stateOf(world.deliveries[state]))?.state).toBe(state);
    }
  });

  it('a second time changes nothing and says so', async () => {
    const input = { emails: [`waiting@${world.domain}`], reason: 'manual' as const };
    await world.run((scope) => suppress(scope, input));
    const again = await world.run((scope) => suppress(scope, input));
    expect(again).toEqual({ added: 0, already: 1, cancelled: 0 });
    expect(await active(`waiting@${world.domain}`)).toHaveLength(1);
  });

  it('twenty at once for one address leave one entry', async () => {
    const email = `waiting@${world.domain}`;
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.run((scope) => suppress(scope, { emails: [email], reason: 'unsubscribed' })),
      ),
    );
    expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(1);
    expect(results.reduce((sum, { cancelled }) => sum + cancelled, 0)).toBe(1);
    expect(await active(email)).toHaveLength(1);
  });

  it('overlapping sets in opposite order do not block each other for good', async () => {
    const emails = Array.from({ length: 200 }, (_, i) => `p${i}@${world.domain}`);
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        world.run((scope) =>
          suppress(scope, { emails: i % 2 ? emails : emails.toReversed(), reason: 'imported' }),
        ),
      ),
    );
    expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(200);
  });

  it('when its transaction fails, nobody is suppressed and nothing cancelled', async () => {
    const email = `waiting@${world.domain}`;
    const failed = world.run(async (scope) => {
      await suppress(scope, { emails: [email], reason: 'manual' });
      throw new Error('later');
    });
    await expect(failed).rejects.toThrow('later');
    expect(await active(email)).toEqual([]);
    expect((await stateOf(world.deliveries.waiting))?.state).toBe('waiting');
  });

  it('release needs an active entry; the history stays; a new entry may follow', async () => {
    const email = `gone@${world.domain}`;
    const release = () =>
      world.run((scope) =>
        releaseSuppression(scope, {
          suppressionId: world.suppressionId,
          reason: 'a mistake',
          role: 'editor',
        }),
      );
    expect(await release()).toEqual({ email });
    await expect(release()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await world.run((scope) => suppress(scope, { emails: [email], reason: 'bounced' }));
    const rows = await world.run(({ prisma }) =>
      prisma.suppression.findMany({ where: { email }, orderBy: { id: 'asc' } }),
    );
    expect(rows.map((row) => [row.reason, row.releaseReason])).toEqual([
      ['manual', 'a mistake'],
      ['bounced', ''],
    ]);
    expect(rows[0]?.releasedBy).toBe(world.ownerId);
  });

  it('a link in a message suppresses its person, with the attempt, once', async () => {
    const deliveryId = world.deliveries.accepted ?? '';
    const use = () => world.run((scope) => unsubscribeByDelivery(scope, { deliveryId }));
    expect(await use()).toEqual({ email: `accepted@${world.domain}` });
    expect(await use()).toEqual({ email: `accepted@${world.domain}` });
    const rows = await active(`accepted@${world.domain}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      reason: 'unsubscribed',
      sourceDeliveryId: BigInt(deliveryId),
      sourceAttempt: 1,
    });
  });

  it('an address given to the link of a bulk message is out, and what waits for it is cancelled', async () => {
    const { campaignId, domain } = world;
    const use = (email: string, id = campaignId) =>
      world.run((scope) => unsubscribeByAddress(scope, { campaignId: id, email }));
    expect(await use(` WAITING@${domain} `)).toEqual({ email: `waiting@${domain}` });
    expect(await use(`waiting@${domain}`)).toEqual({ email: `waiting@${domain}` });
    expect(await stateOf(world.deliveries.waiting)).toEqual({
      state: 'cancelled',
      category: 'suppressed:unsubscribed',
    });
    const rows = await active(`waiting@${domain}`);
    expect(rows).toMatchObject([
      { reason: 'unsubscribed', sourceDeliveryId: BigInt(world.deliveries.waiting ?? '') },
    ]);
  });

  it('an address that the campaign does not have changes nothing, also where another campaign or tenant has it', async () => {
    const other = await makeWorld(db, `other${count++}`);
    const entries = () => world.run(({ prisma }) => prisma.suppression.count());
    const before = await entries();
    for (const [campaignId, email] of [
      [world.campaignId, `nobody@${world.domain}`],
      [world.campaignId, `waiting@${other.domain}`],
      [world.campaignId, 'not an address'],
      [world.draftId, `waiting@${world.domain}`],
      [other.campaignId, `waiting@${other.domain}`],
    ] as const) {
      const used = world.run((scope) => unsubscribeByAddress(scope, { campaignId, email }));
      expect(await used).toBeNull();
    }
    expect(await entries()).toBe(before);
    expect((await stateOf(world.deliveries.waiting))?.state).toBe('waiting');
  });

  it('a person who unsubscribes outweighs a bounce; a bounce does not outweigh them', async () => {
    const email = `bounced@${world.domain}`;
    await world.run((scope) => suppress(scope, { emails: [email], reason: 'bounced' }));
    await world.run((scope) => suppress(scope, { emails: [email], reason: 'unsubscribed' }));
    await world.run((scope) => suppress(scope, { emails: [email], reason: 'bounced' }));
    expect((await active(email)).map((row) => row.reason)).toEqual(['unsubscribed']);
  });

  it('of two reasons the stronger stands, whichever came first', async () => {
    for (const [first, second, stands] of [
      ['unsubscribed', 'imported', 'unsubscribed'],
      ['unsubscribed', 'manual', 'unsubscribed'],
      ['unsubscribed', 'complained', 'complained'],
      ['complained', 'unsubscribed', 'complained'],
      ['bounced', 'manual', 'manual'],
      ['bounced', 'imported', 'imported'],
      ['imported', 'bounced', 'imported'],
    ] as const) {
      const emails = [`${first}-${second}@${world.domain}`];
      await world.run((scope) => suppress(scope, { emails, reason: first }));
      await world.run((scope) => suppress(scope, { emails, reason: second }));
      const reasons = (await active(emails[0] ?? '')).map((row) => row.reason);
      expect(reasons, `${first}, then ${second}`).toEqual([stands]);
    }
  });

  it('a bounce that cleaning finds leaves the entry of an unsubscribed person as it is', async () => {
    const email = `bounced@${world.domain}`;
    await world.run((scope) => suppress(scope, { emails: [email], reason: 'unsubscribed' }));
    // A dead mailbox between two that the same site accepted.
    await db.worker.query(
      `insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state, state_at, attempts)
       select tenant_id, campaign_id, 0, lane_id, 'later@' || domain, 'later@' || domain, domain, 'accepted', now() + interval '1 min', 1
         from delivery where id = $1`,
      [world.deliveries.accepted],
    );
    await db.worker.query(
      `insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
         session, transaction, mode, phase, text, category, disposition, size_bytes)
       select tenant_id, id, 1, state_at, campaign_id, lane_id, 1, '127.0.0.1', '', '', 's', 1, 'one_to_one', 'DOT', 'ok', 'accepted', 'accepted', 0
         from delivery where tenant_id = $1 and email = 'later@' || domain`,
      [world.tenantId],
    );
    for (const [state, minutes] of [
      ['accepted', -1],
      ['bounced', 0],
    ] as const) {
      await db.worker.query(
        `update delivery set category = 'unknown-user', state_at = now() + $2::int * interval '1 min' where id = $1`,
        [world.deliveries[state], minutes],
      );
    }
    await db.as(
      db.urls.superuserUrl,
      `update delivery_event set phase = 'RCPT' where delivery_id = $1`,
      [world.deliveries.bounced],
    );
    expect(await cleanDeadAddresses(db.worker, world.laneId, world.campaignId)).toBe(0);
    expect((await active(email)).map((row) => row.reason)).toEqual(['unsubscribed']);
    await db.as(db.urls.superuserUrl, 'delete from suppression where email = $1', [email]);
    expect(await cleanDeadAddresses(db.worker, world.laneId, world.campaignId)).toBe(1);
    expect((await active(email)).map((row) => row.reason)).toEqual(['bounced']);
  });

  it('who said no comes back only with a note, and a complaint only through staff', async () => {
    const release = (email: string, role: Role, reason: string) =>
      world.run(async (scope) => {
        const entry = await scope.prisma.suppression.findFirst({
          where: { email, releasedAt: null },
        });
        return releaseSuppression(scope, {
          suppressionId: String(entry?.id),
          reason,
          role,
        });
      });
    const refused = { code: 'CONFLICT', reason: 'release-not-allowed' };
    const [out, complained] = [`out@${world.domain}`, `complained@${world.domain}`];
    await world.run((scope) => suppress(scope, { emails: [out], reason: 'unsubscribed' }));
    await world.run((scope) => suppress(scope, { emails: [complained], reason: 'complained' }));
    await expect(release(out, 'editor', 'asked by phone')).rejects.toMatchObject(refused);
    await expect(release(out, 'owner', ' ')).rejects.toMatchObject(refused);
    await expect(release(complained, 'owner', 'asked by phone')).rejects.toMatchObject(refused);
    expect(await active(out)).toHaveLength(1);
    expect(await active(complained)).toHaveLength(1);
    expect(await release(out, 'owner', 'asked by phone')).toEqual({ email: out });
  });

  it('what is no address, or too much at once, is refused and changes nothing', async () => {
    const before = await world.run(({ prisma }) => prisma.suppression.count());
    for (const emails of [
      ['x'],
      ['a b@c.example'],
      ['ok@c.example', '@'],
      Array(10_001).fill('a@b.example'),
    ]) {
      const refused = world.run((scope) => suppress(scope, { emails, reason: 'manual' }));
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(await world.run(({ prisma }) => prisma.suppression.count())).toBe(before);
  });

  it('the workers hear of it when it is committed', async () => {
    const heard: string[] = [];
    const subscription = db.worker.listen('hikyaku_due', (payload) => heard.push(payload));
    await subscription.ready;
    heard.length = 0;
    await world.run((scope) =>
      suppress(scope, { emails: [`x@${world.domain}`], reason: 'manual' }),
    );
    await expect.poll(() => heard.length).toBe(1);
    await subscription.close();
  });
});
