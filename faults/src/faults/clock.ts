/** F18: the worker's clock jumps. Its child alone is shifted (see shift-clock.mjs); the database's clock stands. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseLocalTime } from '@hikyaku/campaigns';
import { cancelCampaign, closeDb, openDb, withTenant } from '@hikyaku/db';
import type { Fault } from '../fault.ts';
import { people, type Stage } from '../stage.ts';
import { epochsOf } from './strike.ts';

const HOUR_MS = 3_600_000;
const JUMPS = [HOUR_MS, -HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS, 0];
const SHIFT = new URL('../shift-clock.mjs', import.meta.url).href;

/** Local times that do not exist, or exist twice, and how many instants they may be: one. */
const CHANGES = [
  ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00Z'],
  ['2027-10-31T02:30', 'Europe/Berlin', '2027-10-31T00:30:00Z'],
  ['2027-03-14T02:30', 'America/New_York', '2027-03-14T07:30:00Z'],
  ['2027-11-07T01:30', 'America/New_York', '2027-11-07T05:30:00Z'],
] as const;

export const clockFaults: Fault[] = [
  {
    id: 'F18',
    what: "the worker's clock jumps by ±1 h and ±1 day; local times in a DST gap and overlap",
    expect: "leases do not move; a scheduled campaign fires once, at the database's time",
    stage: { unknownMax: 0 },
    async run(stage) {
      const worker = await stage.startWorker({
        env: { NODE_OPTIONS: `--import=${SHIFT}`, CLOCK_JUMPS_MS: JUMPS.join(',') },
      });
      await stage.begin();
      const epochs = await epochsOf(stage);
      const closed = await closedCampaign(stage);
      for (const jump of JUMPS) {
        worker.signal('SIGUSR2');
        stage.struck(`${jump / HOUR_MS} h`);
        await sleep(400);
        // Due in a second by the database's clock, whatever the worker's says.
        const startAtMs = Date.now() + 1_000;
        const id = await stage.campaign(people(3, 'others.example'), { startAtMs });
        await stage.scenario.until(id, (_, state) => state !== 'scheduled');
        const [row] = await stage.query<{ early: boolean }>(
          'select launched_at < start_at as early from campaign where id = $1',
          [id],
        );
        stage.demand(
          row?.early === false,
          `with ${jump / HOUR_MS} h the campaign did not start early`,
        );
      }
      const now = await epochsOf(stage);
      const moved = [...epochs].filter(([lane, epoch]) => now.get(lane) !== epoch);
      stage.demand(moved.length === 0, `${moved.length} lanes changed hands`);
      await stage.recovers();
      const [odd] = await stage.query<{ n: number }>(
        `select count(*)::int as n from delivery_event where abs(extract(epoch from at - now())) > 600`,
      );
      stage.demand(odd?.n === 0, `${odd?.n} rows of the log bear a wrong time`);
      stage.demand((await stage.idsIn('expired')).size === 0, 'nothing expired');
      await closed.mustBeUntouched();
      for (const [local, zone, instant] of CHANGES) {
        const at = parseLocalTime(local, zone, 0);
        stage.demand(at.ok && at.atMs === Date.parse(instant), `${local} in ${zone} is ${instant}`);
      }
    },
  },
];

/** A campaign whose window opens in half an hour, for an hour: a clock that is an hour ahead would take it for open. */
async function closedCampaign(stage: Stage) {
  const hour = new Date().getUTCHours();
  // A zone where it is about noon, so that the window does not cross midnight. POSIX signs: Etc/GMT-3 is ahead of UTC.
  const zone = `Etc/GMT${hour > 12 ? '+' : '-'}${Math.abs(hour - 12)}`;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
  const [start, end] = [0.5, 1.5].map((hours) => format.format(Date.now() + hours * HOUR_MS));
  const window = { days: [1, 2, 3, 4, 5, 6, 7], start, end, zone };
  const campaignId = await stage.campaign(people(10, 'night.example'), { window });
  return {
    mustBeUntouched: async () => {
      const states = await stage.scenario.states(campaignId);
      stage.demand(
        states.waiting === 10,
        `nothing went before its window (${JSON.stringify(states)})`,
      );
      const db = openDb({ url: stage.database.appUrl, max: 2 });
      await withTenant(db, stage.tenantId, (scope) => cancelCampaign(scope, { campaignId }));
      await closeDb(db);
    },
  };
}
