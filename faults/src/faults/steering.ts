/** F31: people steer while mail flows. Behind the commit of a pause, a cancel or an unsubscribe nothing is fenced. */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  cancelCampaign,
  closeDb,
  openDb,
  pauseCampaign,
  resumeCampaign,
  suppress,
  type TenantScope,
  unsubscribeByDelivery,
  withTenant,
} from '@hikyaku/db';
import type { Fault } from '../fault.ts';
import { people, type Stage, until } from '../stage.ts';
import { copiesNow } from './strike.ts';

export const steeringFaults: Fault[] = [
  {
    id: 'F31',
    what: 'pause, resume, unsubscribe, suppress and cancel during sending',
    expect: 'nothing is fenced after the commit',
    stage: { unknownMax: 0, recipients: 3_000 },
    async run(stage) {
      const db = openDb({ url: stage.database.appUrl, max: 4 });
      const act = <T>(work: (scope: TenantScope) => Promise<T>) =>
        withTenant(db, stage.tenantId, work);
      try {
        await stage.startWorker();
        const campaignId = await stage.begin();
        for (let n = 0; n < 3; n++) {
          await act((scope) => pauseCampaign(scope, { campaignId }));
          stage.struck('pause');
          await nothingNewIsFenced(stage, campaignId);
          await act((scope) => resumeCampaign(scope, { campaignId }));
          await stage.recovers();
        }
        const spared = await leave(stage, act, campaignId);
        await act((scope) => cancelCampaign(scope, { campaignId }));
        stage.struck('cancel');
        await nothingNewIsFenced(stage, campaignId);
        await stage.complete();
        const copies = await copiesNow(stage);
        const sent = [...spared].filter((id) => copies.has(id));
        stage.demand(sent.length === 0, `${sent.length} were sent after they had left`);
        const next = await stage.campaign(people(20, 'others.example'));
        await stage.scenario.finished(next);
      } finally {
        await closeDb(db);
      }
    },
  },
];

/** Whatever arrives from now on was fenced before. */
async function nothingNewIsFenced(stage: Stage, campaignId: string): Promise<void> {
  const rows = await stage.query<{ id: string; state: string }>(
    'select id, state from delivery where campaign_id = $1',
    [campaignId],
  );
  const stopped = new Set(
    rows.filter(({ state }) => state === 'waiting' || state === 'cancelled').map(({ id }) => id),
  );
  await until(
    async () => ((await stage.scenario.states(campaignId)).sending ?? 0) === 0,
    'what was fenced ended',
  );
  await sleep(300);
  const sent = [...(await copiesNow(stage))].filter((id) => stopped.has(id));
  stage.demand(sent.length === 0, `${sent.length} were fenced after the commit`);
}

/** People leave, those next in line too; answers the ids that were not fenced when their leaving committed. */
async function leave(
  stage: Stage,
  act: <T>(work: (scope: TenantScope) => Promise<T>) => Promise<T>,
  campaignId: string,
): Promise<Set<string>> {
  const spared = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const [first, ...others] = await stage.query<{ id: string; email: string }>(
      `select id, email from delivery where campaign_id = $1 and state = 'waiting' order by id limit 8`,
      [campaignId],
    );
    if (!first) break;
    await act((scope) => unsubscribeByDelivery(scope, { deliveryId: first.id }));
    const emails = others.map(({ email }) => email);
    await act((scope) => suppress(scope, { emails, reason: 'manual' }));
    stage.struck('leave');
    const cancelled = await stage.idsIn('cancelled');
    for (const { id } of [first, ...others]) if (cancelled.has(id)) spared.add(id);
  }
  stage.demand(spared.size > 0, 'somebody left before being fenced');
  return spared;
}
