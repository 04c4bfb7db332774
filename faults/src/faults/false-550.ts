/** F30: a carrier answers 550 to everything for a while, as one does that takes the mail for spam (P6). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { NotStruck } from '../fault.ts';
import { until } from '../stage.ts';

/** Minutes are milliseconds here: the first probe comes after 300 ms, the later ones within 3.6 s. */
const BLOCKED_MS = 4_000;

export const false550Faults: Fault[] = [
  {
    id: 'F30',
    what: 'a carrier answers 550 to everything in the middle of a campaign',
    expect: 'no good address is cleaned or lost; everybody is reached once it is over',
    stage: { unknownMax: 0, recipients: 2_000 },
    async run(stage) {
      await stage.startWorker();
      const campaignId = await stage.begin();
      await stage.receiver.setManners('main', { bounceShare: 1 });
      stage.struck('550 to everything');
      const isBlocked = async () =>
        (await stage.query("select 1 from veto_event where state = 'blocked' limit 1")).length > 0;
      await until(isBlocked, 'the block was seen', 30_000).catch(() => {
        throw new NotStruck('no block was seen within 30 s');
      });
      await sleep(BLOCKED_MS);
      await stage.receiver.setManners('main', { bounceShare: 0 });
      await stage.recovers();
      await stage.complete();
      const cleaned = await stage.query('select email from suppression');
      stage.demand(cleaned.length === 0, `${cleaned.length} good addresses were cleaned`);
      const states = await stage.scenario.states(campaignId);
      stage.demand(
        Object.keys(states).join() === 'accepted',
        `the campaign ended with ${JSON.stringify(states)}`,
      );
      const [refused] = await stage.query<{ n: number }>(
        'select count(*)::int as n from delivery_event where code = 550',
      );
      stage.notes.push(`${refused?.n} false 550s`);
    },
  },
];
