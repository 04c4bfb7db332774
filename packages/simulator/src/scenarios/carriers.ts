/** The cases of carriers: the paper's own, caps that drop, connections that are reset, and neighbours in one lane. */
import type { RunResult } from '../run.ts';
import { checked, daily, duration, mixed, plainPlan, type Scenario } from './scenario.ts';

export const CARRIERS: readonly Scenario[] = [
  {
    name: 'paper',
    what: '100,000 recipients, half at one carrier that caps connections and defers 90 % on the first pass, 09:00–21:00.',
    plan: (seed) =>
      plainPlan(seed, {
        tenants: [{ id: 't1', weight: 1, windows: [daily('09:00', '21:00', 'Asia/Tokyo')] }],
        sites: [
          {
            name: 'ezweb.ne.jp',
            group: 'mobile',
            manners: {
              sessionsMax: 5,
              overSessions: 'reset',
              deferShare: 0.9,
              deferTries: 1,
              thinkMs: 40,
            },
          },
          { name: 'docomo.ne.jp', group: 'mobile', profile: { recipientsMax: 100 } },
          { name: 'gmail.com', group: 'free' },
          { name: 'yahoo.co.jp', group: 'free', manners: { transactionsMax: 20 } },
          { name: 'company.example' },
        ],
        campaigns: [
          {
            domains: mixed(100_000, {
              'ezweb.ne.jp': 50,
              'docomo.ne.jp': 20,
              'gmail.com': 15,
              'yahoo.co.jp': 10,
              'company.example': 5,
            }),
          },
        ],
        settings: { sessionsPerSite: 20 },
      }),
    expect: (result) => ({
      'all are accepted': stateCount(result, 'accepted') === 100_000,
      'nothing went twice': Math.max(...result.world.journal.copies.values()) === 1,
      'the window was held at every MAIL': checked(result, 'window-at-mail'),
    }),
    figures: ({ world }) => ({
      sessionsAtTheCarrier: world.sites.get('ezweb.ne.jp')?.opened ?? 0,
      mostAtATime: world.sites.get('ezweb.ne.jp')?.openMax ?? 0,
      turnedAway: world.sites.get('ezweb.ne.jp')?.turnedAwayMs.length ?? 0,
    }),
  },
  {
    name: 'P2-cap-drops',
    what: 'A recipient cap of 37 that drops to 20: learned again within three transactions, nobody lost or doubled.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [{ name: 'softbank.ne.jp', group: 'mobile', manners: { recipientsMax: 37 } }],
        campaigns: [{ mode: 'bulk', domains: mixed(4_000, { 'softbank.ne.jp': 1 }) }],
        // One session, so that transactions can be counted one behind the other.
        settings: { sessionsPerSite: 1 },
      }),
    tend(world) {
      const site = world.sites.get('softbank.ne.jp');
      if (site === undefined || world.watch.outcomes < 2_000) return;
      if (site.manners.recipientsMax === 37) {
        site.manners.recipientsMax = 20;
        world.watch.struck('the cap drops to 20');
      }
    },
    expect: (result) => {
      const { first, second } = overLimit(result);
      return {
        'the first cap was learned within three transactions': first >= 1 && first <= 3,
        'the second cap was learned within three transactions': second >= 1 && second <= 3,
        'everybody has it once': result.world.journal.copies.size === 4_000,
      };
    },
    figures: (result) => ({
      overTheFirstCap: overLimit(result).first,
      overTheSecondCap: overLimit(result).second,
    }),
  },
  {
    name: 'P4-busy-carrier',
    what: 'A carrier of 5 connections that resets more: never more than one turned away in a minute after the first.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [
          {
            name: 'ezweb.ne.jp',
            group: 'mobile',
            manners: { sessionsMax: 5, overSessions: 'reset', thinkMs: 300 },
          },
        ],
        campaigns: [{ domains: mixed(10_000, { 'ezweb.ne.jp': 1 }) }],
        settings: { sessionsPerSite: 20 },
      }),
    expect: (result) => ({
      'all are accepted': stateCount(result, 'accepted') === 10_000,
      'one a minute at most': shortestGapMs(result) >= 60_000,
    }),
    figures: (result) => ({
      turnedAway: result.world.sites.get('ezweb.ne.jp')?.turnedAwayMs.length ?? 0,
      shortestGap: Number.isFinite(shortestGapMs(result))
        ? duration(shortestGapMs(result))
        : 'none',
      mostAtATime: result.world.sites.get('ezweb.ne.jp')?.openMax ?? 0,
    }),
  },
  {
    name: 'P4-small-beside-big',
    what: 'A campaign of 1,000 beside one of 100,000 (a tenth of the million asked for) in one lane does not wait for it.',
    plan: (seed) =>
      plainPlan(seed, {
        tenants: [
          { id: 't1', weight: 1, windows: [] },
          { id: 't2', weight: 1, windows: [] },
        ],
        sites: [{ name: 'gmail.com', group: 'free' }],
        campaigns: [
          { id: 'c1', tenantId: 't1', domains: mixed(100_000, { 'gmail.com': 1 }) },
          {
            id: 'c2',
            tenantId: 't2',
            domains: mixed(1_000, { 'gmail.com': 1 }),
            startsInMs: 30_000,
          },
          {
            id: 'c3',
            tenantId: 't1',
            domains: mixed(1_000, { 'gmail.com': 1 }),
            startsInMs: 90_000,
          },
        ],
      }),
    expect: (result) => {
      const [big, other, same] = finishes(result);
      const rate = 102_000 / ((big ?? 1) + 1);
      return {
        "another tenant's gets half of the lane": (other ?? 0) < 3 * (1_000 / rate),
        "the same tenant's does not wait for the big one": (same ?? 0) < 0.2 * (big ?? 0),
      };
    },
    figures: (result) => {
      const [big, other, same] = finishes(result);
      return {
        big: duration(big ?? 0),
        smallOfAnotherTenant: duration(other ?? 0),
        smallOfTheSameTenant: duration(same ?? 0),
      };
    },
  },
  {
    name: 'clock-set',
    what: 'A wall clock that is a day off for a minute, and is set right again, holds nothing up afterwards.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [
          { name: 'one.example', manners: { thinkMs: 400 } },
          {
            name: 'busy.example',
            manners: { thinkMs: 400, sessionsMax: 3, overSessions: 'reset' },
          },
        ],
        campaigns: [{ domains: mixed(8_000, { 'one.example': 1, 'busy.example': 1 }) }],
        machines: [{ name: 'w1', clockRate: 1 }],
      }),
    tend({ plan, timeline, machines, watch }) {
      const clock = machines[0]?.clock;
      if (clock === undefined) return;
      const sinceMs = timeline.nowMs - plan.startMs;
      // Ahead in the second minute, behind in the fourth.
      const offMs = DAY_OFF[Math.floor(sinceMs / 60_000)] ?? 0;
      if (clock.wallOffsetMs === offMs) return;
      clock.wallOffsetMs = offMs;
      watch.struck('F18 the wall clock jumps', String(offMs));
    },
    expect: (result) => ({
      'all are accepted': stateCount(result, 'accepted') === 8_000,
      'it takes no more than twenty minutes': result.tookMs < 20 * 60_000,
    }),
    figures: () => ({}),
  },
  {
    name: 'P4-one-domain',
    what: '10,000 recipients at one domain never get more sessions than its cap, with workers killed on the way.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [{ name: 'one.example', profile: { sessionsMax: 3 } }],
        campaigns: [{ domains: mixed(10_000, { 'one.example': 1 }) }],
        faults: [
          { name: 'F4 kill -9 behind the dot', after: 0.2 },
          { name: 'F7 rolling restarts', after: 0.4 },
        ],
      }),
    expect: ({ world }) => ({
      'three at a time at most': (world.sites.get('one.example')?.openMax ?? 9) <= 3,
    }),
    figures: ({ world }) => ({ mostAtATime: world.sites.get('one.example')?.openMax ?? 0 }),
  },
];

/** How far the clock of the scenario clock-set is off, by minute. */
const DAY_OFF = [0, 86_400_000, 0, -86_400_000];

function stateCount({ world }: RunResult, state: 'accepted'): number {
  let count = 0;
  for (const campaign of world.tables.campaigns.values()) count += campaign.counts[state];
  return count;
}

/** Transactions over the cap, before and after it dropped. */
function overLimit({ world }: RunResult): { first: number; second: number } {
  const instants = world.sites.get('softbank.ne.jp')?.overLimitMs ?? [];
  const dropMs = world.watch.struckAtMs.get('the cap drops to 20') ?? 0;
  const first = instants.filter((atMs) => atMs < dropMs).length;
  return { first, second: instants.length - first };
}

function shortestGapMs({ world }: RunResult): number {
  const all = world.sites.get('ezweb.ne.jp')?.turnedAwayMs ?? [];
  // Connections that were on their way when the first was turned away are part of it.
  const instants = all.filter((atMs, i) => i === 0 || atMs - (all[0] as number) > 1_000);
  let gapMs = Number.POSITIVE_INFINITY;
  for (let i = 1; i < instants.length; i++)
    gapMs = Math.min(gapMs, (instants[i] as number) - (instants[i - 1] as number));
  return gapMs;
}

/** How long each campaign took, in ms. */
function finishes({ world }: RunResult): number[] {
  return [...world.tables.campaigns.values()].map(
    ({ finishedAtMs, openSinceMs }) => (finishedAtMs ?? Number.NaN) - openSinceMs,
  );
}
