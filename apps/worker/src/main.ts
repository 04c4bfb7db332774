/** The worker process: opens the queue, takes jobs, keeps time; on SIGTERM it drains and gives its lanes back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { findBrokenOverrides } from '@hikyaku/db/worker';
import { createContext } from './context.ts';
import { requireKnownHosts } from './destinations/routes.ts';
import { readConfig, readRoutesFile } from './env.ts';
import { startHealth } from './health.ts';
import { jobsOf } from './jobs/registry.ts';
import { openQueues } from './queues.ts';
import { startTimer } from './timer.ts';

const STEP_MS = 5_000;
// V8 lets the old generation grow to four times what lives in it. Messages die young: that is room for garbage, a third of all memory.
setFlagsFromString('--heap-growing-percent=115');

try {
  const config = readConfig();
  await requireKnownHosts(readRoutesFile(config));
  const context = await createContext(config);
  const { logger } = context;
  await context.scope.query('select ensure_event_partitions(3)');
  for (const broken of await findBrokenOverrides(context.scope))
    logger.error(broken, 'what staff set for this site does not parse, so none of it is applied');
  const queues = await openQueues(config, jobsOf(context), logger);
  const health = await startHealth(context);
  context.timer = startTimer(context, queues);
  logger.info(
    { healthPort: health.port, sources: config.sources, toInternet: config.isInternetAllowed },
    'worker ready',
  );
  // For whoever started this process: a line that needs no parser of logs.
  process.stdout.write(`${JSON.stringify({ ready: true, healthPort: health.port })}\n`);

  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'draining');
    context.stop();
    // Side by side, and not for ever: a queue or a timer that hangs must not keep the lanes from draining.
    await Promise.all([atMost(STEP_MS, context.timer?.stop()), context.lanes.stop()]);
    await atMost(STEP_MS, queues.close());
    health.close();
    await atMost(STEP_MS, context.close());
    logger.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function atMost(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  // What fails while everything ends has no one left to tell.
  await Promise.race([work, sleep(ms)]).catch(() => {});
}
