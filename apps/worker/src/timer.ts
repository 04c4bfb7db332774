/**
 * The timer of every worker; an advisory lock lets one of them act at a time. It puts into the queue whatever Postgres
 * says is due, so that a lost queue, a lost job or a dead worker delays work and loses none.
 */
import { DUE_CHANNEL } from '@hikyaku/contracts';
import {
  cancelAbandonedUploads,
  cleanFullMailboxes,
  endQuarantines,
  expireOverdue,
  finishCampaigns,
  markMissedStarts,
  readDeletedLists,
  readDueLanes,
  readLaunchable,
  readOrphanedLanes,
  readPendingImports,
  rollUpHygiene,
  tryTimerLock,
} from '@hikyaku/db/worker';
import type { Context } from './context.ts';
import type { Queues } from './queues.ts';

export interface Timer {
  /** Look now instead of at the next tick. */
  poke(): void;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const ROLL_UPS_MAX = 50;
/** A batch that is not full was the last: what came meanwhile is left for the next round, or it would be counted in crumbs. */
const ROLL_UP_EVENTS = 20_000;

export function startTimer(context: Context, queues: Queues): Timer {
  const { scope, logger, config, lanes } = context;
  let isStopped = false;
  let running: Promise<void> | undefined;
  let isPoked = false;
  let hourlyAtMs = 0;
  let handle: NodeJS.Timeout | undefined;

  const act = async () => {
    // First what needs the database alone: a queue that does not answer holds up the rest.
    for (const id of await finishCampaigns(scope))
      logger.info({ campaign: id }, 'campaign finished');
    const expired = await expireOverdue(scope);
    if (expired > 0)
      logger.info({ expired }, 'deliveries of campaigns past their end have expired');
    if (performance.now() >= hourlyAtMs) {
      await scope.query('select ensure_event_partitions(3)');
      const full = await cleanFullMailboxes(scope);
      if (full > 0) logger.info({ full }, 'mailboxes that stayed full are cleaned');
      const abandoned = await cancelAbandonedUploads(scope);
      if (abandoned > 0) logger.info({ abandoned }, 'uploads that nobody finished are cancelled');
      hourlyAtMs = performance.now() + HOUR_MS;
      if (config.logArchiveDir) await queues.add('archive-log', 'archive-log-hourly', {});
    }
    for (const id of await markMissedStarts(scope, config.tuning.startGraceMs))
      logger.warn(
        { campaign: id },
        'a campaign missed its start; it waits until somebody starts it',
      );
    for (const id of await readLaunchable(scope))
      await queues.add('launch', `launch-${id}`, { campaignId: id });
    for (const id of await readPendingImports(scope))
      await queues.add('import', `import-${id}`, { importId: id });
    // The epoch makes the id new for each ownership: a job that died with its worker must not stand in the way.
    for (const { laneId, epoch } of [
      ...(await readDueLanes(scope, 1_000)),
      ...(await readOrphanedLanes(scope)),
    ]) {
      await queues.add('deliver', `deliver-${laneId}-${epoch}`, { laneId });
    }
    for (const list of await readDeletedLists(scope))
      await queues.add('delete-list', `delete-list-${list.listId}`, list);
  };

  /** Counters may lag; nothing waits for them. */
  const rollUp = async () => {
    for (let i = 0; i < ROLL_UPS_MAX && !isStopped; i++)
      if ((await rollUpHygiene(scope, ROLL_UP_EVENTS)) < ROLL_UP_EVENTS) break;
    await endQuarantines(scope);
  };

  const tick = async () => {
    isPoked = false;
    try {
      if (await tryTimerLock(scope, act)) await rollUp();
    } catch (error) {
      logger.warn({ err: error }, 'the timer could not do its round; it tries again');
    }
  };

  const loop = () => {
    if (isStopped || running) return;
    clearTimeout(handle);
    running = tick().finally(() => {
      running = undefined;
      handle = setTimeout(loop, isPoked ? 20 : config.tuning.timerMs);
    });
  };

  const poke = () => {
    isPoked = true;
    if (!running) loop();
  };

  const subscription = scope.listen(DUE_CHANNEL, () => {
    lanes.refresh();
    poke();
  });
  loop();
  return {
    poke,
    async stop() {
      isStopped = true;
      clearTimeout(handle);
      await subscription.close();
      await running;
      clearTimeout(handle);
    },
  };
}
