/** The promises of the product that delivery keeps, each as a run that carries its name: P7, P8, P9. */
import type { RunResult } from '../run.ts';
import { checked, daily, mixed, plainPlan, type Scenario } from './scenario.ts';

export const PROMISES: readonly Scenario[] = [
  {
    name: 'P7',
    what: 'Retries run in the same engine; a reply lost behind the dot is unknown, and nothing goes out twice.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [
          { name: 'ezweb.ne.jp', manners: { deferShare: 0.6, deferTries: 2, deferAt: 'dot' } },
          { name: 'grey.example', manners: { greylistMs: 300_000 } },
          { name: 'loses.example', manners: { replyLostShare: 0.03 } },
        ],
        campaigns: [
          {
            domains: mixed(2_400, { 'ezweb.ne.jp': 1, 'grey.example': 1, 'loses.example': 1 }),
          },
        ],
        faults: [
          { name: 'F4 kill -9 behind the dot', after: 0.1 },
          { name: 'F21 reset behind the dot', after: 0.15 },
          { name: 'F21 reset behind the dot', after: 0.2 },
        ],
      }),
    expect: (result) => ({
      'somebody was tried again': rowsOf(result).some(({ attempts }) => attempts > 1),
      'something is unknown': rowsOf(result).some(({ state }) => state === 'unknown'),
      'nothing unknown was tried again': rowsOf(result).every(({ events }) =>
        events.slice(0, -1).every(({ disposition }) => disposition !== 'unknown'),
      ),
      'no receiver has two copies': mostCopies(result) === 1,
    }),
    figures: (result) => ({ mostCopies: mostCopies(result) }),
  },
  {
    name: 'P8',
    what: 'Windows bind every attempt, retries too, over a night in which the clocks change.',
    plan: (seed) =>
      plainPlan(seed, {
        // 01:58 in New York. Two minutes later it is 03:00: a quarter of an hour is left until the next day's opening.
        startMs: Date.UTC(2026, 2, 8, 6, 58),
        tenants: [{ id: 't1', weight: 1, windows: [daily('01:00', '03:30', 'America/New_York')] }],
        sites: [
          { name: 'docomo.ne.jp', group: 'mobile', manners: { deferShare: 0.5, deferTries: 2 } },
          { name: 'slow.example', manners: { thinkMs: 4_000, sessionsMax: 4 } },
        ],
        campaigns: [{ domains: mixed(3_000, { 'docomo.ne.jp': 1, 'slow.example': 1 }) }],
        windows: {
          installation: [daily('00:00', '03:15', 'America/New_York')],
          groups: new Map([['mobile', [daily('01:30', '05:00', 'America/New_York')]]]),
        },
      }),
    expect: (result) => ({
      'MAIL was held against its window': checked(result, 'window-at-mail'),
      'the dot was held against its window': checked(result, 'window-at-dot'),
      'it took more than one opening': result.tookMs > 12 * 3_600_000,
    }),
    figures: ({ coverage }) => ({
      attemptsHeldAgainstWindows: coverage.checks['window-at-mail'] ?? 0,
    }),
  },
  {
    name: 'P9',
    what: 'Sending waits for the log: with the database gone nothing new is completed, and log and journal agree.',
    plan: (seed) =>
      plainPlan(seed, {
        sites: [
          { name: 'a.example' },
          { name: 'b.example', manners: { deferShare: 0.2, deferTries: 1 } },
        ],
        campaigns: [{ domains: mixed(2_400, { 'a.example': 1, 'b.example': 1 }) }],
        faults: [
          { name: 'F8 the database restarts', after: 0.1 },
          { name: 'F11 statements fail', after: 0.2 },
          { name: 'F9 read-only', after: 0.3 },
          { name: 'F10 a lock on the table', after: 0.4 },
          { name: 'F16 a worker is cut from the database', after: 0.5 },
          { name: 'F8 the database restarts', after: 0.6 },
        ],
      }),
    expect: (result) => ({
      'six faults struck': result.struck >= 6,
      'the log was waited for': checked(result, 'log-before-next'),
      'every copy is in the log': rowsOf(result).every(
        ({ id, state }) =>
          !result.world.journal.copies.has(id) || state === 'accepted' || state === 'unknown',
      ),
    }),
    figures: ({ world }) => ({ copies: world.journal.accepted }),
  },
];

function rowsOf({ world }: RunResult) {
  return [...world.tables.deliveries.values()];
}

function mostCopies({ world }: RunResult): number {
  return Math.max(0, ...world.journal.copies.values());
}
