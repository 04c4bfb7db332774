/** Counters that follow the log, the quarantine of what was cleaned, second hits, full mailboxes, and what staff do. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  asStaff,
  enforceCleaning,
  hygieneOf,
  hygieneTimeline,
  noteTenant,
  pauseCampaignByStaff,
  quarantineOf,
  releaseBlock,
  releaseSuppressions,
  type StaffScope,
  suppress,
  tenantsByRisk,
  throttleTenant,
} from '../src/index.ts';
import { cleanDeadAddresses, cleanFullMailboxes, rollUpHygiene, writeVeto } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const HOUR_MS = 3_600_000;

describe('hygiene', () => {
  let db: TestDb;
  let world: World;
  let n = 0;

  beforeAll(async () => {
    db = await openTestDb(8);
  });
  afterAll(() => db.end());
  beforeEach(async () => {
    world = await makeWorld(db, `hygiene${n++}`);
    await rollUp();
    await db.worker.query('update quarantine set state = $1', ['released']);
  });

  // Events lie behind the oldest transaction of the whole cluster, where other suites run as well.
  const rollUp = async () => {
    let counted = 0;
    await expect
      .poll(
        async () => {
          counted += await rollUpHygiene(db.worker);
          const text =
            'select 1 from delivery_event where tx >= (select tx from hygiene_progress) limit 1';
          return (await rows(text)).length;
        },
        { timeout: 60_000 },
      )
      .toBe(0);
    return counted;
  };
  const rows = <Row>(text: string, values: unknown[] = []) =>
    db.as<Row>(db.urls.superuserUrl, text, values);
  const byStaff = <T>(work: (scope: StaffScope) => Promise<T>) => asStaff(db.staff, null, work);

  /** A refusal, or an acceptance, of a person of the world as the settle would write it. */
  async function answered(
    email: string,
    of: {
      category: string;
      disposition: 'accepted' | 'bounced' | 'deferred';
      agoMs: number;
      phase?: string;
      campaignId?: string;
      dotMs?: number;
    },
  ): Promise<string> {
    const { campaignId = world.campaignId } = of;
    const state = of.disposition === 'deferred' ? 'waiting' : of.disposition;
    const [row] = await rows<{ id: string }>(
      `insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state, attempts, category, state_at)
       values ($1, $2, (random() * 1e9)::int, $3, $4, $4, $5, $6, 1, $7, now() - $8::float8 * interval '1 millisecond') returning id`,
      [world.tenantId, campaignId, world.laneId, email, world.domain, state, of.category, of.agoMs],
    );
    await rows(
      `insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
         session, transaction, mode, phase, code, text, category, disposition, size_bytes, dot_ms)
       values ($1, $2, 1, now() - $3::float8 * interval '1 millisecond', $4, $5, 1, '127.0.0.1', '', '', 's', 1, 'one_to_one', $6, 550, 'reply', $7, $8, 0, $9)`,
      [
        world.tenantId,
        row?.id,
        of.agoMs,
        campaignId,
        world.laneId,
        of.phase ?? 'RCPT',
        of.category,
        of.disposition,
        of.dotMs ?? null,
      ],
    );
    return row?.id ?? '';
  }
  const dead = (name: string, agoMs: number, campaignId?: string) =>
    answered(`${name}@${world.domain}`, {
      category: 'unknown-user',
      disposition: 'bounced',
      agoMs,
      campaignId,
    });
  const good = (name: string, agoMs: number, campaignId?: string) =>
    answered(`${name}@${world.domain}`, {
      category: 'accepted',
      disposition: 'accepted',
      agoMs,
      phase: 'DOT',
      campaignId,
    });
  const clean = () => cleanDeadAddresses(db.worker, world.laneId, world.campaignId);
  const suppressed = async () =>
    (await rows<{ email: string; note: string }>(
      "select email, note from suppression where tenant_id = $1 and released_at is null and reason = 'bounced' order by email",
      [world.tenantId],
    )) as { email: string; note: string }[];

  it('each event is counted once, however often and from however many workers it is asked', async () => {
    await good('a', 3_000);
    await dead('b', 2_000);
    const counted = await Promise.all([rollUpHygiene(db.worker), rollUpHygiene(db.worker)]);
    await rollUp();
    expect(counted.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(2);
    const { byDestination } = await world.run((scope) => hygieneOf(scope, { days: 30 }));
    // The world's own deliveries and its counter of 3 come on top.
    expect(byDestination).toMatchObject([{ key: world.domain, hardBounced: 4, unknownUsers: 4 }]);
    expect(await rollUp()).toBe(0);
  });

  it('an event whose transaction is still open is counted when it has committed, and not lost', async () => {
    const before = await world.run((scope) => hygieneOf(scope, { days: 30 }));
    await db.worker.transaction(async (client) => {
      await client.query(
        `insert into delivery_event (tenant_id, delivery_id, attempt, campaign_id, lane_id, epoch, source, mx_host, mx_address,
           session, transaction, mode, phase, text, category, disposition, size_bytes)
         values ($1, $2, 9, $3, $4, 1, '', '', '', '', 1, 'one_to_one', 'RCPT', '', 'late', 'bounced', 0)`,
        [world.tenantId, world.deliveries.bounced, world.campaignId, world.laneId],
      );
      await good('after', 1_000);
      await rollUpHygiene(db.worker);
    });
    await rollUp();
    const after = await world.run((scope) => hygieneOf(scope, { days: 30 }));
    const late = after.byReason.find(({ category }) => category === 'late');
    expect(late).toEqual({ category: 'late', count: 1 });
    expect(after.byDestination[0]?.accepted).toBe((before.byDestination[0]?.accepted ?? 0) + 1);
  });

  it('a block undoes what was cleaned since the site was last well, and nothing before that', async () => {
    await rows('update delivery set state_at = now() - interval $$1 day$$ where tenant_id = $1', [
      world.tenantId,
    ]);
    const old = await dead('old', 3 * HOUR_MS);
    await good('well', 2 * HOUR_MS);
    const fresh = await dead('fresh', HOUR_MS);
    await good('later', 1_000);
    await clean();
    expect((await suppressed()).map(({ email }) => email)).toEqual([
      `fresh@${world.domain}`,
      `old@${world.domain}`,
    ]);

    const atMs = Date.now();
    const found = await writeVeto(db.worker, {
      laneId: world.laneId,
      site: world.domain,
      source: '127.0.0.1',
      domains: [world.domain],
      tenantId: world.tenantId,
      from: 'suspected',
      state: 'blocked',
      reason: 'canaries-refused',
      atMs,
      figures: { canaries: 5, canariesRefused: 5 },
      probeAtMs: atMs + 300_000,
      quarantineSinceMs: atMs - 2 * HOUR_MS,
    });
    expect(found).toBe(1);
    expect((await suppressed()).map(({ email }) => email)).toEqual([`old@${world.domain}`]);
    const states = await rows(
      'select id, state, category from delivery where id = any($1) order by id',
      [[old, fresh]],
    );
    expect(states).toMatchObject([
      { id: old, state: 'bounced', category: 'unknown-user' },
      { id: fresh, state: 'waiting', category: 'quarantined' },
    ]);
    const { rows: quarantined } = await world.run((scope) => quarantineOf(scope));
    expect(quarantined).toContainEqual(
      expect.objectContaining({ email: `fresh@${world.domain}`, state: 'held', wasCleaned: true }),
    );
    await rollUp();
    const { byReason } = await world.run((scope) => hygieneOf(scope, { days: 30 }));
    expect(byReason).toContainEqual({ category: 'quarantined', count: 1 });
    expect(await world.run((scope) => hygieneTimeline(scope))).toContainEqual(
      expect.objectContaining({ action: 'quarantine.begin' }),
    );

    // Nothing is cleaned while the block stands, and staff may end it.
    await dead('meanwhile', 500);
    await good('still', 100);
    expect(await clean()).toBe(0);
    const held = await byStaff((scope) =>
      releaseBlock(scope, { site: world.domain, source: '127.0.0.1', reason: 'they called' }),
    );
    expect(held).toBe(1);
    expect(await clean()).toBe(1);
  });

  it('a dead mailbox that nobody else was accepted beside is cleaned with its second hit, a day later', async () => {
    await rows("update delivery set state = 'expired' where tenant_id = $1", [world.tenantId]);
    await dead('alone', 30 * HOUR_MS);
    expect(await clean()).toBe(0);
    await dead('alone', 10 * HOUR_MS);
    expect(await clean()).toBe(0);
    await dead('alone', HOUR_MS);
    expect(await clean()).toBe(1);
    expect(await suppressed()).toEqual([{ email: `alone@${world.domain}`, note: 'unknown-user' }]);
  });

  describe('of two sends on one day, the second cleans', () => {
    beforeEach(() =>
      rows("update delivery set state = 'expired' where tenant_id = $1", [world.tenantId]),
    );

    it('whom the list begins with: nobody was accepted before them, but between their two refusals', async () => {
      await dead('first', 3 * HOUR_MS, world.draftId);
      await good('a', 2.9 * HOUR_MS, world.draftId);
      await dead('first', HOUR_MS);
      await good('a', 0.9 * HOUR_MS);
      expect(await clean()).toBe(1);
      expect(await suppressed()).toEqual([
        { email: `first@${world.domain}`, note: 'unknown-user' },
      ]);
    });

    it('whom the list ends with: nobody was accepted after them, but between their two refusals', async () => {
      await good('a', 3 * HOUR_MS, world.draftId);
      await dead('last', 2.9 * HOUR_MS, world.draftId);
      await good('a', HOUR_MS);
      await dead('last', 0.9 * HOUR_MS);
      expect(await clean()).toBe(1);
    });

    it('nobody where the site took nobody in between: that is how a block looks', async () => {
      await good('a', 3 * HOUR_MS, world.draftId);
      await dead('good', 2.9 * HOUR_MS, world.draftId);
      await dead('good', HOUR_MS);
      await good('a', 0.9 * HOUR_MS);
      expect(await clean()).toBe(0);
    });

    it('nobody on the word of another source', async () => {
      await dead('first', 3 * HOUR_MS, world.draftId);
      await good('a', 2.9 * HOUR_MS, world.draftId);
      const [lane] = await rows<{ id: string }>(
        "insert into lane (site, source) values ($1, '127.0.0.9') returning id",
        [world.domain],
      );
      await rows('update delivery set lane_id = $1 where campaign_id = $2', [
        lane?.id,
        world.draftId,
      ]);
      await dead('first', HOUR_MS);
      await good('a', 0.9 * HOUR_MS);
      expect(await clean()).toBe(0);
    });
  });

  it('an acceptance and a refusal of one group commit are told apart by the log', async () => {
    await rows("update delivery set state = 'expired' where tenant_id = $1", [world.tenantId]);
    await good('a', 60_000);
    await dead('dead', 59_999);
    await rows(
      `update delivery set state_at = (select max(state_at) from delivery where tenant_id = $1 and state = 'bounced')
        where tenant_id = $1 and state in ('accepted', 'bounced')`,
      [world.tenantId],
    );
    await good('b', 50_000);
    expect(await clean()).toBe(1);
  });

  it('an acceptance that was sent before a refusal is none behind it, however late its dot is answered', async () => {
    await rows("update delivery set state = 'expired' where tenant_id = $1", [world.tenantId]);
    await good('a', 60_000);
    await dead('good', 50_000);
    await answered(`b@${world.domain}`, {
      category: 'accepted',
      disposition: 'accepted',
      agoMs: 45_000,
      phase: 'DOT',
      dotMs: 8_000,
    });
    expect(await clean()).toBe(0);
    await good('c', 40_000);
    expect(await clean()).toBe(1);
  });

  it('a mailbox that is full for five campaigns over two weeks is cleaned; one that accepted in between is not', async () => {
    const full = (name: string, days: number) =>
      answered(`${name}@${world.domain}`, {
        category: 'mailbox-full',
        disposition: 'deferred',
        agoMs: days * 24 * HOUR_MS,
      });
    for (const days of [20, 16, 12, 8, 4]) {
      await full('brimful', days);
      await full('emptied', days);
      await rollUp();
    }
    await good('emptied', HOUR_MS);
    await rollUp();
    expect(await cleanFullMailboxes(db.worker)).toBe(1);
    expect(await suppressed()).toEqual([
      { email: `brimful@${world.domain}`, note: 'mailbox-full' },
    ]);
    expect(await cleanFullMailboxes(db.worker)).toBe(0);
  });

  it('an acceptance makes a person known good, and a refusal as dead takes that back', async () => {
    const knownGood = async () =>
      (await rows<{ at: Date | null }>(
        'select last_accepted_at as at from recipient where tenant_id = $1 and email = $2',
        [world.tenantId, `waiting@${world.domain}`],
      )) as { at: Date | null }[];
    await good('waiting', HOUR_MS);
    await rollUp();
    expect((await knownGood())[0]?.at).not.toBeNull();
    // Behind what the world itself accepted.
    await dead('waiting', -60_000);
    await rollUp();
    expect((await knownGood())[0]?.at).toBeNull();
  });

  it('an acceptance is noted again only where the last was long ago when the audience was cut', async () => {
    const noted = async () =>
      (
        await rows<{ at: Date | null }>(
          'select last_accepted_at as at from recipient where tenant_id = $1 and email = $2',
          [world.tenantId, `waiting@${world.domain}`],
        )
      )[0]?.at;
    const setLately = (isLately: boolean) =>
      rows('update delivery set is_lately_good = $2 where tenant_id = $1', [
        world.tenantId,
        isLately,
      ]);
    await rows('update recipient set last_accepted_at = null where tenant_id = $1', [
      world.tenantId,
    ]);
    await good('waiting', 0);
    await setLately(true);
    await rollUp();
    expect(await noted()).toBeNull();
    await good('waiting', 0);
    await setLately(false);
    await rollUp();
    expect(await noted()).not.toBeNull();
  });

  it('people are released by rule with one reason; who said no themselves stays out', async () => {
    await world.run((scope) =>
      suppress(scope, { emails: ['b1@x.example', 'b2@x.example'], reason: 'bounced' }),
    );
    await world.run((scope) =>
      suppress(scope, { emails: ['u@x.example'], reason: 'unsubscribed' }),
    );
    const input = {
      rule: { search: '@x.example' },
      note: 'the domain moved',
      role: 'editor' as const,
    };
    expect(await world.run((scope) => releaseSuppressions(scope, input))).toEqual({
      released: 2,
      kept: 1,
    });
    expect(await world.run((scope) => releaseSuppressions(scope, input))).toEqual({
      released: 0,
      kept: 1,
    });
    for (const wrong of [{ rule: {} }, { note: ' ' }])
      await expect(
        world.run((scope) => releaseSuppressions(scope, { ...input, ...wrong })),
      ).rejects.toThrow();
  });

  it('staff act with a reason that the tenant sees, and without one not at all', async () => {
    const of = { tenantId: world.tenantId, reason: 'too many dead addresses' };
    await byStaff(async (scope) => {
      await enforceCleaning(scope, { ...of, isEnforced: true });
      await throttleTenant(scope, { ...of, weight: 0.2, rateMax: 5 });
      await noteTenant(scope, of);
      await pauseCampaignByStaff(scope, { ...of, campaignId: world.campaignId });
    });
    const seen = await world.run((scope) => hygieneTimeline(scope));
    const acts = seen.filter(({ reason }) => reason === of.reason).map(({ action }) => action);
    expect(acts.toSorted()).toEqual([
      'campaign.pause',
      'tenant.enforce-cleaning',
      'tenant.note',
      'tenant.throttle',
    ]);
    const risks = await byStaff((scope) => tenantsByRisk(scope, { days: 30 }));
    expect(risks.find(({ tenantId }) => tenantId === world.tenantId)).toMatchObject({
      isCleaningEnforced: true,
      weight: expect.closeTo(0.2),
      rateMax: 5,
      unknownUsers: 0,
    });
    await expect(byStaff((scope) => noteTenant(scope, { ...of, reason: ' ' }))).rejects.toThrow(
      'Say why.',
    );
    await expect(
      byStaff((scope) => pauseCampaignByStaff(scope, { ...of, campaignId: world.campaignId })),
    ).rejects.toThrow('does not run');
  });
});
