import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  campaignTotals,
  deliveryTimeline,
  type EventCsvRow,
  eventsCsvRows,
  listDeliveries,
  totalsByDestination,
  totalsByReply,
  totalsOverTime,
} from '../src/index.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const EXTRA = 4_993;

describe('the report of a campaign with 5,000 recipients', () => {
  let db: TestDb;
  let world: World;

  beforeAll(async () => {
    db = await openTestDb();
    world = await makeWorld(db, 'report');
    await db.worker.query(
      `insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state, attempts, category, code, enhanced)
       select $1::uuid, $2::uuid, 1000000 + i, $3::bigint, 'p' || i || '@d' || i % 3 || '.example', 'p' || i || '@d' || i % 3 || '.example',
              'd' || i % 3 || '.example', (case when i % 10 = 0 then 'bounced' when i % 10 = 1 then 'waiting' else 'accepted' end)::delivery_state,
              case when i % 20 = 1 then 0 else 1 end, case when i % 10 = 0 then 'unknown-user' end, case when i % 10 = 0 then 550 end, case when i % 10 = 0 then '5.1.1' end
         from generate_series(1, $4::int) i`,
      [world.tenantId, world.campaignId, world.laneId, EXTRA],
    );
    await db.worker.query(
      `insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
         session, transaction, mode, phase, code, text, category, disposition, size_bytes)
       select tenant_id, id, a, now() - interval '1 hour' * (3 - a), campaign_id, lane_id, 1, 's', 'm', 'a', 's', 1, 'one_to_one', 'DOT', 250, 'ok', 'c',
              (case when a = 1 then 'deferred' else 'accepted' end)::disposition, 1
         from delivery, generate_series(1, 2) a where campaign_id = $1 and recipient_id > 1000000 and state = 'accepted'`,
      [world.campaignId],
    );
    await world.run(({ prisma, tenantId }) =>
      prisma.campaign.update({
        where: { tenantId_id: { tenantId, id: world.campaignId } },
        data: { total: 5_000, createdAt: new Date(Date.now() - 86_400_000) },
      }),
    );
  });
  afterAll(() => db.end());

  it('sums to the total, each delivery in one state', async () => {
    const totals = await world.run((scope) => campaignTotals(scope, world.campaignId));
    expect(totals).toMatchObject({ total: 5_000, sum: 5_000, isReconciled: true });
    const { waiting, sending, accepted, bounced, expired, cancelled, unknown } =
      totals ?? ({} as never);
    expect(waiting + sending + accepted + bounced + expired + cancelled + unknown).toBe(5_000);
    expect({ bounced, waiting, unknown }).toEqual({ bounced: 500, waiting: 501, unknown: 1 });
    expect(totals?.deferred).toBe(251);
  });

  it('says so when a row is missing', async () => {
    const fewer = await world.run((scope) => campaignTotals(scope, world.draftId));
    expect(fewer).toMatchObject({ total: null, sum: 0, isReconciled: false });
  });

  it('by destination and by reply adds up to the same', async () => {
    const [byDestination, byReply] = await world.run(async (scope) => [
      await totalsByDestination(scope, world.campaignId),
      await totalsByReply(scope, world.campaignId),
    ]);
    expect(byDestination.reduce((sum, row) => sum + row.sum, 0)).toBe(5_000);
    expect(byDestination.map((row) => row.domain)).toContain('d2.example');
    expect(byReply).toContainEqual({
      state: 'bounced',
      category: 'unknown-user',
      code: 550,
      enhanced: '5.1.1',
      count: 499,
    });
  });

  it('every number opens exactly the people whom it counts, page by page', async () => {
    const seen = new Set<string>();
    let after: string | null = null;
    do {
      const page = await world.run((scope) =>
        listDeliveries(scope, {
          campaignId: world.campaignId,
          filter: { state: 'bounced', category: 'unknown-user', code: 550, enhanced: '5.1.1' },
          after,
          limit: 100,
        }),
      );
      for (const row of page.rows) {
        expect(row.state).toBe('bounced');
        expect(seen.has(row.id)).toBe(false);
        seen.add(row.id);
      }
      after = page.next;
    } while (after !== null);
    expect(seen.size).toBe(499);
  });

  it('a search finds a whole address and a part of one, and takes % and _ as they are', async () => {
    const search = async (text: string) => {
      const input = { campaignId: world.campaignId, search: text, limit: 500 };
      return (await world.run((scope) => listDeliveries(scope, input))).rows.map((r) => r.email);
    };
    expect(await search(' P17@d2.example ')).toEqual(['p17@d2.example']);
    expect(await search('p17@')).toEqual(['p17@d2.example']);
    expect((await search('report.example')).length).toBe(7);
    expect(await search('%')).toEqual([]);
    expect(await search("' or 1=1 --")).toEqual([]);
  });

  it('filters by state, also deferred, and by no category', async () => {
    const countOf = async (filter: Parameters<typeof listDeliveries>[1]['filter']) => {
      const input = { campaignId: world.campaignId, filter, limit: 500 };
      return (await world.run((scope) => listDeliveries(scope, input))).rows.length;
    };
    expect(await countOf({ state: 'deferred' })).toBe(251);
    expect(await countOf({ state: 'waiting', category: null })).toBe(500);
    expect(await countOf({ domain: 'nowhere.example' })).toBe(0);
    await expect(countOf({ state: 'x' as 'waiting' })).rejects.toMatchObject({ reason: 'state' });
  });

  it('over time counts each attempt in its bucket', async () => {
    const buckets = await world.run((scope) =>
      totalsOverTime(scope, world.campaignId, { bucketMs: 60_000 }),
    );
    const sum = (key: 'accepted' | 'deferred') => buckets.reduce((n, bucket) => n + bucket[key], 0);
    expect(sum('deferred')).toBe(EXTRA - 499 - 500);
    expect(sum('accepted')).toBe(EXTRA - 499 - 500 + 7);
    expect(buckets.every((bucket) => bucket.at.getTime() % 60_000 === 0)).toBe(true);
    for (const bucketMs of [0, -1, 1.5, Number.NaN]) {
      const refused = world.run((scope) => totalsOverTime(scope, world.campaignId, { bucketMs }));
      await expect(refused).rejects.toMatchObject({ reason: 'bucket' });
    }
  });

  it('a timeline has the attempts in order, with the raw reply', async () => {
    const timeline = await world.run((scope) =>
      deliveryTimeline(scope, world.deliveries.accepted ?? ''),
    );
    expect(timeline).toMatchObject({
      email: 'accepted@report.example',
      state: 'accepted',
      campaignId: world.campaignId,
      suppression: null,
      events: [{ attempt: 1, text: 'reply to accepted@report.example', phase: 'DOT', code: 250 }],
    });
    expect(timeline?.events[0]?.at).toBeInstanceOf(Date);
  });

  it('the file has every attempt, and a row for whoever had none', async () => {
    const rows: EventCsvRow[] = [];
    for await (const row of eventsCsvRows(world.run, world.campaignId)) rows.push(row);
    const accepted = EXTRA - 499 - 500;
    expect(rows.length).toBe(7 + accepted * 2 + 499 + 500);
    expect(new Set(rows.map((row) => row.deliveryId)).size).toBe(5_000);
    const none = rows.find((row) => row.email === 'p10@d1.example');
    expect(none).toMatchObject({ state: 'bounced', attempt: null, at: null, text: null });
  });
});
