/** Several workers on one installation: lanes are shared, move when their owner is gone, and nothing goes twice. */
import type { WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  accepted,
  campaignTo,
  copiesOf,
  LEASE_MS,
  LONG,
  people,
  rowsOf,
  SESSIONS,
  SITES,
  scenario,
  settled,
  setWorker,
  start,
  useControlWorld,
  WAIT_MS,
  worker,
} from './control-world.ts';

useControlWorld();

describe('two workers', () => {
  let other: WorkerProcess;

  beforeAll(async () => {
    other = await start();
  });
  afterAll(async () => {
    await other?.stop(30_000);
  });

  const EACH = 150;
  const COUNT = SITES * EACH;
  const everywhere = () =>
    Array.from({ length: SITES }, (_, i) => people(EACH, `site${i}.example`)).flat();

  /** Lanes of the campaign by pid of the worker that owns them now. */
  async function lanesByPid(campaignId: string): Promise<Map<number, string[]>> {
    const lanes = await scenario.query<{ id: string; owner: string }>(
      `select l.id, l.owner from lane l join campaign_lane cl on cl.lane_id = l.id
        where cl.campaign_id = $1 and cl.done_at is null and l.lease_until > now()`,
      [campaignId],
    );
    const found = new Map<number, string[]>();
    for (const { id, owner } of lanes) {
      const pid = Number(owner.split('-').at(-2));
      found.set(pid, [...(found.get(pid) ?? []), id]);
    }
    return found;
  }

  /** Both have lanes; answers the one with more of them, and the other. */
  async function shared(
    campaignId: string,
  ): Promise<{ most: WorkerProcess; least: WorkerProcess; lanes: string[] }> {
    for (const deadline = Date.now() + WAIT_MS; ; ) {
      const found = await lanesByPid(campaignId);
      const [mine, others] = [worker, other].map(({ pid }) => found.get(pid) ?? []) as [
        string[],
        string[],
      ];
      if (mine.length + others.length === SITES) {
        expect(Math.min(mine.length, others.length)).toBeGreaterThan(0);
        return mine.length >= others.length
          ? { most: worker, least: other, lanes: mine }
          : { most: other, least: worker, lanes: others };
      }
      if (Date.now() > deadline) throw new Error('the lanes were never all taken');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async function takenOver(
    campaignId: string,
    lanes: string[],
    by: WorkerProcess,
  ): Promise<number> {
    const startedMs = performance.now();
    await expect
      .poll(
        async () => (await lanesByPid(campaignId)).get(by.pid)?.some((id) => lanes.includes(id)),
        {
          timeout: WAIT_MS,
          interval: 30,
        },
      )
      .toBe(true);
    return performance.now() - startedMs;
  }

  async function expectNothingTwiceNothingLost(campaignId: string): Promise<void> {
    const states = await scenario.states(campaignId);
    expect((states.accepted ?? 0) + (states.unknown ?? 0)).toBe(COUNT);
    expect(states.unknown ?? 0).toBeLessThanOrEqual(2 * SESSIONS * SITES);
    const copies = await copiesOf(campaignId);
    expect([...copies.values()].filter((n) => n > 1)).toEqual([]);
    const missing = (await rowsOf(campaignId)).filter(
      (row) => row.state === 'accepted' && !copies.has(row.id),
    );
    expect(missing).toEqual([]);
  }

  test(
    'share the lanes; one is killed with -9, and the other takes over when its lease has run out',
    LONG,
    async () => {
      const campaignId = await campaignTo(everywhere());
      const { most, least, lanes } = await shared(campaignId);
      await accepted(campaignId, 60);
      await most.kill();
      const ms = await takenOver(campaignId, lanes, least);
      // The lease, the timer's next look, and a busy machine.
      expect(ms).toBeLessThan(LEASE_MS + 20_000);
      await scenario.finished(campaignId, WAIT_MS);
      await expectNothingTwiceNothingLost(campaignId);
      setWorker(least);
      other = await start();
    },
  );

  test(
    'one is stopped past its lease and wakes up when the other owns its lanes: nothing goes twice',
    LONG,
    async () => {
      const campaignId = await campaignTo(everywhere());
      const { most, least, lanes } = await shared(campaignId);
      await accepted(campaignId, 60);
      most.signal('SIGSTOP');
      try {
        await takenOver(campaignId, lanes, least);
      } finally {
        most.signal('SIGCONT');
      }
      await scenario.finished(campaignId, WAIT_MS);
      await settled(campaignId);
      await expectNothingTwiceNothingLost(campaignId);
      // It is none the worse: it goes on taking lanes.
      expect(await least.stop(30_000)).toBe(0);
      const next = await campaignTo(everywhere());
      await scenario.finished(next, WAIT_MS);
      expect(await scenario.states(next)).toEqual({ accepted: COUNT });
      setWorker(most);
      other = await start();
    },
  );
});
