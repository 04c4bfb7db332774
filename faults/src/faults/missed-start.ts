/** F19: nobody is there when a campaign is due. A little late it starts by itself, very late it asks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDb, openDb, startMissedCampaign, withTenant } from '@hikyaku/db';
import type { Fault } from '../fault.ts';
import { people, until } from '../stage.ts';

const GRACE_MS = 12_000;

export const missedStartFaults: Fault[] = [
  {
    id: 'F19',
    what: 'all workers are down across the scheduled time',
    expect: 'within the grace it starts by itself; behind it, it asks, and starts once when told',
    stage: { unknownMax: 0, tuning: { startGraceMs: GRACE_MS } },
    async run(stage) {
      const worker = await stage.startWorker();
      await stage.campaign(people(20, 'others.example'));
      await until(async () => (await stage.idsIn('accepted')).size === 20, 'the worker works');
      await worker.stop(20_000);
      stage.workers.delete(worker);
      const nowMs = Date.now();
      const early = await stage.campaign(people(30, 'early.example'), { startAtMs: nowMs + 300 });
      const late = await stage.campaign(people(30, 'late.example'), {
        startAtMs: nowMs + GRACE_MS,
      });
      await sleep(GRACE_MS + 500);
      stage.struck('down across the start');
      await stage.startWorker();
      await stage.scenario.finished(late);
      const [row] = await stage.query<{ state: string; missed: boolean; rows: number }>(
        `select state, start_missed_at is not null as missed,
                (select count(*)::int from delivery d where d.campaign_id = c.id) as rows from campaign c where id = $1`,
        [early],
      );
      const asks = row?.state === 'scheduled' && row.missed && row.rows === 0;
      stage.demand(asks, `behind the grace it asks (it is ${JSON.stringify(row)})`);
      const db = openDb({ url: stage.database.appUrl, max: 4 });
      const press = () =>
        withTenant(db, stage.tenantId, (scope) =>
          startMissedCampaign(scope, { campaignId: early }),
        );
      const pressed = await Promise.allSettled([press(), press(), press()]);
      await closeDb(db);
      const taken = pressed.filter(({ status }) => status === 'fulfilled').length;
      stage.demand(taken === 1, `of three presses one starts it (${taken} did)`);
      await stage.scenario.finished(early);
    },
  },
];
