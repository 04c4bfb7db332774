import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  activateTenant,
  addMember,
  addSenderDomain,
  asAuth,
  asStaff,
  audit,
  changePassword,
  clearSignInFailures,
  consumeOneTimeLink,
  createOneTimeLink,
  createStaffUser,
  createTenantWithOwner,
  ensureInvitedUser,
  findUserForSignIn,
  listMembers,
  loadSession,
  readOneTimeLink,
  recordSignIn,
  recordSignInFailure,
  removeMember,
  removeSenderDomain,
  setMemberRole,
  suspendTenant,
  throttledUntil,
} from '../src/index.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const later = () => new Date(Date.now() + 86_400_000);

describe('people', () => {
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

  const invite = (email: string, createdBy = world.ownerId) =>
    asAuth(db.auth, (scope) =>
      ensureInvitedUser(scope, {
        email,
        name: 'Hanako',
        locale: 'ja',
        createdBy,
        invitation: { tokenHash: randomUUID(), expiresAt: later() },
      }),
    );
  const link = async (userId: string, expiresAt = later()) => {
    const tokenHash = randomUUID();
    await asAuth(db.auth, (scope) =>
      createOneTimeLink(scope, { kind: 'reset', userId, tokenHash, createdBy: null, expiresAt }),
    );
    return tokenHash;
  };
  const consume = (tokenHash: string, passwordHash = 'scrypt:new') =>
    asAuth(db.auth, (scope) => consumeOneTimeLink(scope, { tokenHash, passwordHash }));

  describe('a session', () => {
    it('is good until the password changes, and then in no browser', async () => {
      const find = () =>
        asAuth(db.auth, (scope) => findUserForSignIn(scope, ` OWNER@${world.domain} `));
      const load = (sessionVersion: number) =>
        asAuth(db.auth, (scope) => loadSession(scope, { userId: world.ownerId, sessionVersion }));
      const before = await find();
      expect(before).toMatchObject({ passwordHash: '', isStaff: false, sessionVersion: 1 });
      expect(await load(1)).toEqual({
        user: {
          id: world.ownerId,
          email: `owner@${world.domain}`,
          name: `${world.canary} owner`,
          locale: 'ja',
          isStaff: false,
        },
        memberships: [
          {
            tenantId: world.tenantId,
            tenantName: world.canary,
            tenantStatus: 'active',
            tenantZone: 'Asia/Tokyo',
            role: 'owner',
          },
        ],
      });
      const version = await asAuth(db.auth, (scope) =>
        changePassword(scope, { userId: world.ownerId, passwordHash: 'scrypt:1' }),
      );
      expect(version).toBe(2);
      expect(await load(1)).toBeNull();
      expect(await load(2)).not.toBeNull();
      expect(await find()).toMatchObject({ passwordHash: 'scrypt:1', sessionVersion: 2 });
    });

    it.each([
      ['not-a-uuid', 1],
      [randomUUID(), 1],
      ['', 1],
    ])('of the user %j is none', async (userId, sessionVersion) => {
      const loaded = await asAuth(db.auth, (scope) =>
        loadSession(scope, { userId, sessionVersion }),
      );
      expect(loaded).toBeNull();
    });

    it('with a version that is no number is none', async () => {
      for (const sessionVersion of [Number.NaN, 1.5, undefined, '1', { not: 0 }]) {
        const input = { userId: world.ownerId, sessionVersion: sessionVersion as number };
        expect(await asAuth(db.auth, (scope) => loadSession(scope, input))).toBeNull();
      }
    });

    it('shows a suspension at once, and a membership that is gone no more', async () => {
      const { tenantId, ownerId } = world;
      await asStaff(db.staff, null, (scope) => suspendTenant(scope, { tenantId, reason: 'spam' }));
      const load = () =>
        asAuth(db.auth, (scope) => loadSession(scope, { userId: ownerId, sessionVersion: 1 }));
      expect((await load())?.memberships[0]?.tenantStatus).toBe('suspended');
      await db.script(db.urls.staffUrl, `delete from membership where user_id = '${ownerId}'`);
      expect((await load())?.memberships).toEqual([]);
    });

    it('notes when it began', async () => {
      await asAuth(db.auth, (scope) => recordSignIn(scope, world.ownerId));
      const members = await world.run((scope) => listMembers(scope));
      expect(members[0]?.lastSignInAt).toBeInstanceOf(Date);
    });
  });

  describe('a one-time link', () => {
    it('sets the password, ends the sessions, and is used up', async () => {
      const token = await link(world.ownerId);
      const shown = await asAuth(db.auth, (scope) => readOneTimeLink(scope, token));
      expect(shown).toMatchObject({ kind: 'reset', email: `owner@${world.domain}` });
      expect(await consume(token)).toEqual({ userId: world.ownerId, sessionVersion: 2 });
      expect(await consume(token, 'scrypt:evil')).toBeNull();
      expect(await asAuth(db.auth, (scope) => readOneTimeLink(scope, token))).toBeNull();
      const user = await asAuth(db.auth, (scope) =>
        findUserForSignIn(scope, `owner@${world.domain}`),
      );
      expect(user).toMatchObject({ passwordHash: 'scrypt:new', sessionVersion: 2 });
    });

    it('used ten times at once works once', async () => {
      const token = await link(world.ownerId);
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, i) => consume(token, `scrypt:${i}`)),
      );
      const winners = results.flatMap((result, i) => (result ? [i] : []));
      expect(winners).toHaveLength(1);
      const user = await asAuth(db.auth, (scope) =>
        findUserForSignIn(scope, `owner@${world.domain}`),
      );
      expect(user).toMatchObject({ passwordHash: `scrypt:${winners[0]}`, sessionVersion: 2 });
    });

    it('that is expired, unknown or replaced by a newer one does nothing', async () => {
      expect(await consume(await link(world.ownerId, new Date(Date.now() - 1)))).toBeNull();
      expect(await consume('unknown')).toBeNull();
      const older = await link(world.ownerId);
      const newer = await link(world.ownerId);
      expect(await consume(older)).toBeNull();
      expect(await consume(newer)).not.toBeNull();
    });

    it('of ten made at once, one works', async () => {
      const tokens = await Promise.all(Array.from({ length: 10 }, () => link(world.ownerId)));
      const used = [];
      for (const token of tokens) used.push(await consume(token));
      expect(used.filter(Boolean)).toHaveLength(1);
    });

    it('whose use is rolled back can be used again', async () => {
      const token = await link(world.ownerId);
      const failed = asAuth(db.auth, async (scope) => {
        await consumeOneTimeLink(scope, { tokenHash: token, passwordHash: 'x' });
        throw new Error('after');
      });
      await expect(failed).rejects.toThrow('after');
      expect(await consume(token)).not.toBeNull();
    });
  });

  describe('membership', () => {
    it('an invited person joins with a role and sees the tenant', async () => {
      const { userId, isInvited } = await invite(`New@${world.domain}`);
      expect(isInvited).toBe(true);
      await world.run((scope) => addMember(scope, { userId, role: 'editor' }));
      const members = await world.run((scope) => listMembers(scope));
      expect(members.map(({ email, role }) => [email, role])).toEqual([
        [`owner@${world.domain}`, 'owner'],
        [`new@${world.domain}`, 'editor'],
      ]);
      const twice = world.run((scope) => addMember(scope, { userId, role: 'admin' }));
      await expect(twice).rejects.toMatchObject({ code: 'CONFLICT', reason: 'member' });
    });

    it('a person who has a password is not sent a link, and keeps name and password', async () => {
      const token = await link(world.ownerId);
      await consume(token);
      const again = await invite(`owner@${world.domain}`);
      expect(again).toEqual({ userId: world.ownerId, isInvited: false });
      const user = await asAuth(db.auth, (scope) =>
        findUserForSignIn(scope, `owner@${world.domain}`),
      );
      expect(user).toMatchObject({ name: `${world.canary} owner`, passwordHash: 'scrypt:new' });
    });

    it('the last owner can neither leave nor step down; one of two can', async () => {
      const { ownerId } = world;
      const leave = (userId: string) => world.run((scope) => removeMember(scope, { userId }));
      await expect(leave(ownerId)).rejects.toMatchObject({ reason: 'last_owner' });
      const down = world.run((scope) => setMemberRole(scope, { userId: ownerId, role: 'viewer' }));
      await expect(down).rejects.toMatchObject({ reason: 'last_owner' });
      const { userId } = await invite(`second@${world.domain}`);
      await world.run((scope) => addMember(scope, { userId, role: 'owner' }));
      const results = await Promise.allSettled([leave(ownerId), leave(userId)]);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      expect(await world.run((scope) => listMembers(scope))).toHaveLength(1);
    });
  });

  describe('staff', () => {
    const create = (email: string) =>
      asStaff(db.staff, null, (scope) =>
        createTenantWithOwner(scope, {
          name: 'Tanuki',
          zone: 'Asia/Tokyo',
          locale: 'ja',
          window: { days: [1], start: '09:00', end: '21:00', zone: 'Asia/Tokyo' },
          owner: { email, name: 'O' },
          invitation: { tokenHash: randomUUID(), expiresAt: later() },
        }),
      );

    it('make tenants; one person may own several, also when made at once', async () => {
      const made = await Promise.all([1, 2, 3].map(() => create(`Boss${count}@x.example`)));
      expect(new Set(made.map(({ tenantId }) => tenantId)).size).toBe(3);
      expect(new Set(made.map(({ ownerId }) => ownerId)).size).toBe(1);
      const session = await asAuth(db.auth, (scope) =>
        loadSession(scope, { userId: made[0]?.ownerId ?? '', sessionVersion: 1 }),
      );
      expect(session?.memberships).toHaveLength(3);
    });

    it('a tenant without a name or an owner’s address is not made', async () => {
      const before = await asStaff(db.staff, null, ({ prisma }) => prisma.tenant.count());
      await expect(create('nobody')).rejects.toMatchObject({ reason: 'email' });
      expect(await asStaff(db.staff, null, ({ prisma }) => prisma.tenant.count())).toBe(before);
    });

    it('suspend with a reason that stays, and lift it; again changes nothing', async () => {
      const { tenantId } = world;
      const staff = await asStaff(db.staff, null, (scope) =>
        createStaffUser(scope, { email: `s${count}@ops.example`, name: 'S', locale: 'en' }),
      );
      const suspend = (reason: string) =>
        asStaff(db.staff, staff.userId, (scope) => suspendTenant(scope, { tenantId, reason }));
      await expect(suspend(' ')).rejects.toMatchObject({ reason: 'reason' });
      await suspend('complaints');
      await suspend('complaints again');
      await asStaff(db.staff, staff.userId, (scope) =>
        activateTenant(scope, { tenantId, reason: 'talked' }),
      );
      const rows = await world.run(({ prisma }) =>
        prisma.audit.findMany({
          where: { isStaff: true, action: { startsWith: 'tenant.' } },
          orderBy: { id: 'asc' },
        }),
      );
      expect(rows.map((row) => [row.action, row.reason, row.actorId])).toEqual([
        ['tenant.create', '', null],
        ['tenant.suspend', 'complaints', staff.userId],
        ['tenant.activate', 'talked', staff.userId],
      ]);
    });

    it('enter domains, in one form, and take them back', async () => {
      const { tenantId } = world;
      const add = (domain: string) =>
        asStaff(db.staff, null, (scope) =>
          addSenderDomain(scope, { tenantId, domain, reason: '' }),
        );
      await add(' Mail.EXAMPLE.jp ');
      await add('mail.example.jp');
      for (const bad of [
        '',
        'nodot',
        'a..b',
        '-a.b',
        'a b.c',
        '例え.jp',
        `${'a'.repeat(64)}.jp`,
        'a.b\r\nc.d',
      ]) {
        await expect(add(bad)).rejects.toMatchObject({ reason: 'domain' });
      }
      const domains = await world.run(({ prisma }) =>
        prisma.senderDomain.findMany({ select: { domain: true }, orderBy: { domain: 'asc' } }),
      );
      expect(domains.map(({ domain }) => domain)).toEqual(['mail.example.jp', world.domain]);
      const remove = () =>
        asStaff(db.staff, null, (scope) =>
          removeSenderDomain(scope, { tenantId, domain: 'mail.example.jp', reason: '' }),
        );
      await remove();
      await expect(remove()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  it('the audit can be changed by nobody, not even by staff, and a tenant cannot sign as staff', async () => {
    await world.run((scope) => audit(scope, { action: 'x.y' }));
    for (const url of [db.urls.appUrl, db.urls.staffUrl, db.urls.workerUrl, db.urls.authUrl]) {
      await expect(db.script(url, `update audit set reason = 'x'`)).rejects.toThrow(/denied/);
      await expect(db.script(url, 'delete from audit')).rejects.toThrow(/denied/);
    }
    const forged = world.run(
      ({ sql, tenantId }) =>
        sql`insert into audit (tenant_id, is_staff, action) values (${tenantId}::uuid, true, 'x')`,
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  describe('the throttle', () => {
    const fail = (keys: string[]) => asAuth(db.auth, (scope) => recordSignInFailure(scope, keys));
    const until = (keys: string[]) => asAuth(db.auth, (scope) => throttledUntil(scope, keys));

    it('costs nothing five times, then more each time, up to fifteen minutes', async () => {
      const key = randomUUID();
      for (let i = 0; i < 5; i++) expect(await fail([key])).toBeNull();
      const waits: number[] = [];
      for (let i = 0; i < 12; i++) {
        const at = await fail([key]);
        waits.push(Math.round(((at?.getTime() ?? 0) - Date.now()) / 1000));
      }
      expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
      expect(Math.max(...waits)).toBe(900);
      expect((await until([randomUUID(), key]))?.getTime()).toBeGreaterThan(Date.now() + 800_000);
      await asAuth(db.auth, (scope) => clearSignInFailures(scope, [key]));
      expect(await until([key])).toBeNull();
    });

    it('counts every one of fifty at once, in whatever order their keys come', async () => {
      const keys = [randomUUID(), randomUUID()];
      await Promise.all(
        Array.from({ length: 50 }, (_, i) => fail(i % 2 ? keys : keys.toReversed())),
      );
      const rows = await db.as<{ failures: number }>(
        db.urls.authUrl,
        'select failures from sign_in_throttle where key = any($1)',
        [keys],
      );
      expect(rows).toEqual([{ failures: 50 }, { failures: 50 }]);
    });

    it('forgets after an hour', async () => {
      const key = randomUUID();
      for (let i = 0; i < 9; i++) await fail([key]);
      await db.script(
        db.urls.authUrl,
        `update sign_in_throttle set updated_at = now() - interval '2 hours' where key = '${key}'`,
      );
      expect(await fail([key])).toBeNull();
    });
  });
});
