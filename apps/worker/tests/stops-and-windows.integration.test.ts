/** What staff stop and which hours a destination group has, with a worker under way: the receiver's journal is the witness. */
import { allDayWindow } from '@hikyaku/campaigns';
import { resumeSending, type StopTarget, stopSending } from '@hikyaku/db';
import { expect, test } from 'vitest';
import {
  accepted,
  campaignTo,
  copiesOf,
  expectEachOnce,
  inStaff,
  LONG,
  people,
  rowsOf,
  scenario,
  settled,
  tenantId,
  useControlWorld,
  WAIT_MS,
  windowFrom,
} from './control-world.ts';

useControlWorld();

/** The lane of a campaign whose people are at one destination. */
async function laneOf(campaignId: string): Promise<{ id: string; site: string }> {
  const [lane] = await scenario.query<{ id: string; site: string }>(
    `select l.id::text as id, l.site from campaign_lane cl join lane l on l.id = cl.lane_id where cl.campaign_id = $1`,
    [campaignId],
  );
  if (!lane) throw new Error('the campaign has no lane');
  return lane;
}

const TARGETS: [string, (campaignId: string) => Promise<StopTarget>][] = [
  ['everything', async () => ({ scope: 'everything', key: '' })],
  ['its tenant', async () => ({ scope: 'tenant', key: tenantId })],
  ['its lane', async (id) => ({ scope: 'lane', key: (await laneOf(id)).id })],
  ['its site', async (id) => ({ scope: 'destination', key: (await laneOf(id)).site })],
  ['its domain', async () => ({ scope: 'destination', key: 'site1.example' })],
];

test.each(TARGETS)(
  'staff stop %s: only what was fenced before still goes, and all of it goes once they resume',
  LONG,
  async (_, targetOf) => {
    const COUNT = 300;
    const campaignId = await campaignTo(people(COUNT, 'site1.example'));
    await accepted(campaignId, 40);
    const target = await targetOf(campaignId);
    await inStaff((scope) => stopSending(scope, { ...target, reason: 'test' }));
    const fenced = new Set(
      (await rowsOf(campaignId)).filter((row) => row.state !== 'waiting').map((row) => row.id),
    );
    await settled(campaignId);
    const copies = await copiesOf(campaignId);
    expect([...copies.keys()].filter((id) => !fenced.has(id))).toEqual([]);
    expect(copies.size).toBeLessThan(COUNT);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await copiesOf(campaignId)).size, 'the journal stands still').toBe(copies.size);
    await inStaff((scope) => resumeSending(scope, { ...target, reason: 'test' }));
    await scenario.finished(campaignId, WAIT_MS);
    expect(await scenario.states(campaignId)).toEqual({ accepted: COUNT });
    await expectEachOnce(campaignId, COUNT);
  },
);

test(
  'a stopped destination leaves its neighbours alone, and no attempt is counted for it',
  LONG,
  async () => {
    const emails = ['stopped.example', 'free.example'].flatMap((domain) => people(3, domain));
    const target: StopTarget = { scope: 'destination', key: 'stopped.example' };
    await inStaff((scope) => stopSending(scope, { ...target, reason: 'test' }));
    const campaignId = await campaignTo(emails);
    await accepted(campaignId, 3);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await scenario.states(campaignId)).toEqual({ accepted: 3, waiting: 3 });
    const [attempts] = await scenario.query<{ count: number }>(
      `select count(*)::int as count from delivery_event where campaign_id = $1`,
      [campaignId],
    );
    expect(attempts?.count).toBe(3);
    await inStaff((scope) => resumeSending(scope, { ...target, reason: 'test' }));
    await scenario.finished(campaignId, WAIT_MS);
    await expectEachOnce(campaignId, 6);
  },
);

test(
  'hours of a destination group hold its people back and nobody else, and they go when those begin',
  LONG,
  async () => {
    const { window, atMs } = windowFrom(15_000);
    await scenario.query('update tenant set group_windows = $2 where id = $1', [
      tenantId,
      { mobile: window },
    ]);
    try {
      const emails = ['docomo.ne.jp', 'company.example'].flatMap((domain) => people(25, domain));
      const campaignId = await campaignTo(emails, { window: allDayWindow('Asia/Tokyo') });
      await accepted(campaignId, 25);
      const early = (await rowsOf(campaignId)).filter(({ state }) => state !== 'waiting');
      const isBefore = Date.now() < atMs;
      if (isBefore) expect(early.filter(({ email }) => email.includes('docomo'))).toEqual([]);
      await scenario.finished(campaignId, WAIT_MS);
      await expectEachOnce(campaignId, 50);
      const [first] = await scenario.query<{ at: Date }>(
        `select min(e.at) as at from delivery_event e join delivery d on d.tenant_id = e.tenant_id and d.id = e.delivery_id
          where e.campaign_id = $1 and d.domain = 'docomo.ne.jp'`,
        [campaignId],
      );
      expect(first?.at.getTime()).toBeGreaterThanOrEqual(atMs);
    } finally {
      await scenario.query(`update tenant set group_windows = '{}' where id = $1`, [tenantId]);
    }
  },
);
