/** The promises that are about speed, each as a run with its name: P1 (one content for many), P3 (sessions are kept), P4 (shares and caps), P11 (honest figures). */
import type { Delivery } from '../database/tables.ts';
import type { RunResult } from '../run.ts';
import { mixed, plainPlan, type Scenario } from './scenario.ts';

const CAP = 4;

export const SPEED_PROMISES: readonly Scenario[] = [
  {
    name: 'P1',
    what: 'One content for 10,000 people at one site travels a hundred times, not ten thousand times.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [{ name: 'many.example', profile: { sessionsMax: CAP } }],
        campaigns: [{ mode: 'bulk', domains: mixed(10_000, { 'many.example': 1 }) }],
      }),
    expect: (result) => ({
      'everybody has it': result.world.journal.accepted === 10_000,
      // A hundred a transaction; one more for each session that took what was there when it began.
      'next to every transaction was full': messagesAt(result, 'many.example') <= 100 + 2 * CAP,
    }),
    figures: (result) => ({ messages: messagesAt(result, 'many.example') }),
  },
  {
    name: 'P3',
    what: '3,000 personal messages go through the few sessions that were gained: none is let go while there is mail.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [{ name: 'kept.example', manners: { thinkMs: 40 }, profile: { sessionsMax: CAP } }],
        campaigns: [{ domains: mixed(3_000, { 'kept.example': 1 }) }],
      }),
    expect: (result) => ({
      'everybody has it': result.world.journal.accepted === 3_000,
      'no more sessions than the cap were ever opened': openedAt(result, 'kept.example') <= CAP,
    }),
    figures: (result) => ({
      transactionsPerSession: Math.round(3_000 / openedAt(result, 'kept.example')),
    }),
  },
  {
    name: 'P4',
    what: '500 people beside 10,000 in one lane are done within 1.5× of their time at half its rate; sessions stay within the cap.',
    plan: (seed) =>
      plainPlan(seed, {
        tenants: [
          { id: 't1', weight: 1, windows: [] },
          { id: 't2', weight: 1, windows: [] },
        ],
        sites: [
          { name: 'shared.example', manners: { thinkMs: 60 }, profile: { sessionsMax: CAP } },
        ],
        campaigns: [
          { id: 'big', tenantId: 't1', domains: mixed(10_000, { 'shared.example': 1 }) },
          {
            id: 'small',
            tenantId: 't2',
            domains: mixed(500, { 'shared.example': 1 }),
            startsInMs: 20_000,
          },
        ],
      }),
    expect: (result) => ({
      'the small one had half of the lane': slowdown(result) <= 1.5,
      'sessions stayed within the cap':
        (result.world.sites.get('shared.example')?.openMax ?? CAP + 1) <= CAP,
    }),
    figures: (result) => ({ timeOfTheSmallOne: `${slowdown(result).toFixed(2)}× half the rate` }),
  },
  {
    name: 'P11',
    what: 'What a speed is made of is the receivers’ own: accepted, first attempts and retries of the log are those of the journal.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [
          { name: 'twice.example', manners: { deferShare: 0.2, deferTries: 2 } },
          { name: 'dead.example', manners: { unknownUserShare: 0.02 } },
        ],
        campaigns: [{ domains: mixed(2_000, { 'twice.example': 1, 'dead.example': 1 }) }],
      }),
    expect: (result) => {
      const { journal } = result.world;
      const rows = rowsOf(result);
      const attempts = rows.reduce((sum, { events }) => sum + events.length, 0);
      const tries = [...journal.tries.values()].reduce((sum, count) => sum + count, 0);
      return {
        'accepted is what the journal has': logged(rows, 'accepted') === journal.accepted,
        'each person has a first attempt': rows.every(({ events }) => events[0]?.attempt === 1),
        'attempts are those that the receivers saw': attempts === tries,
        'somebody was tried again': attempts > rows.length,
      };
    },
    figures: (result) => ({ accepted: logged(rowsOf(result), 'accepted') }),
  },
];

/** Time of the small campaign from first to last attempt ÷ its time at half of the rate that the lane had meanwhile. */
function slowdown(result: RunResult): number {
  const rows = rowsOf(result);
  const small = rows.filter(({ campaignId }) => campaignId === 'small').flatMap(timesOf);
  const [first, last] = [Math.min(...small), Math.max(...small)];
  const both = rows.flatMap(timesOf).filter((atMs) => atMs >= first && atMs <= last).length;
  // (last − first) ÷ (small ÷ (both ÷ (last − first) ÷ 2)): the time falls out.
  return both / (2 * small.length);
}

function timesOf({ events }: Delivery): number[] {
  return events.map(({ atMs }) => atMs);
}

function logged(rows: readonly Delivery[], disposition: string): number {
  return rows.flatMap(({ events }) => events).filter((one) => one.disposition === disposition)
    .length;
}

function rowsOf({ world }: RunResult): Delivery[] {
  return [...world.tables.deliveries.values()];
}

function openedAt({ world }: RunResult, site: string): number {
  return world.sites.get(site)?.opened ?? Number.POSITIVE_INFINITY;
}

function messagesAt({ world }: RunResult, site: string): number {
  return world.sites.get(site)?.messages ?? Number.POSITIVE_INFINITY;
}
