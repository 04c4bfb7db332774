/** What jobs and lanes of this process work with; made once at the start and passed down. */
import { hostname } from 'node:os';
import { asWorker, closeDb, openDb, type WorkerScope } from '@hikyaku/db';
import { DELIVERY_SETTINGS } from '@hikyaku/db/worker';
import { createTokens } from '@hikyaku/message/node';
import { type Logger, pino } from 'pino';
import { startDatabaseClock } from './database-clock.ts';
import { createDeliveryLog, type DeliveryLog } from './delivery-loop/delivery-log.ts';
import { createLanes, type Lanes } from './delivery-loop/lanes.ts';
import { createDirectory, createResolver, type Directory } from './destinations/directory.ts';
import { parseRoutes } from './destinations/routes.ts';
import { type Config, readRoutesFile } from './env.ts';
import type { Timer } from './timer.ts';

export interface Context {
  config: Config;
  logger: Logger;
  scope: WorkerScope;
  directory: Directory;
  lanes: Lanes;
  log: DeliveryLog;
  /** Aborted when the process is told to stop: long jobs end at their next checkpoint, and go on elsewhere. */
  stopping: AbortSignal;
  /** Aborts `stopping`. */
  stop(): void;
  /** Set once the timer runs. */
  timer?: Timer;
  close(): Promise<void>;
}

/** Rejects where the database does not answer. */
export async function createContext(config: Config): Promise<Context> {
  const logger = pino({ level: config.logLevel, base: { app: 'worker', pid: process.pid } });
  const open = (name: string, max: number, settings = {}) =>
    openDb({
      url: config.databaseUrl,
      max,
      settings,
      applicationName: `hikyaku-${name}`,
      onError: (error) =>
        logger.warn({ err: error }, 'a database connection broke; the pool makes a new one'),
    });
  const db = open('worker', 10);
  // Fences, outcomes and due rows have connections of their own: no other work can take them.
  const hotDb = open('delivery', 6, DELIVERY_SETTINGS);
  const scope = asWorker(db);
  const hotScope = asWorker(hotDb);
  const routes = parseRoutes(readRoutesFile(config));
  const directory = createDirectory({
    routes,
    isInternetAllowed: config.isInternetAllowed,
    dns: createResolver(config.nameServers, config.tuning.dnsTimeoutMs),
  });
  // Unique per process start: a restarted worker is another owner.
  const owner = `${hostname()}-${process.pid}-${Date.now().toString(36)}`;
  const log = createDeliveryLog(hotScope, owner, logger);
  const tokens = createTokens(config.tokenSecret);
  const clock = await startDatabaseClock(scope, logger);
  const deps = { scope, hotScope, log, directory, tokens, config, logger, owner, clock };
  const lanes = createLanes(deps);
  const stopping = new AbortController();
  return {
    config,
    logger,
    scope,
    directory,
    lanes,
    log,
    stopping: stopping.signal,
    stop: () => stopping.abort(),
    close: async () => {
      clock.stop();
      await closeDb(hotDb);
      await closeDb(db);
    },
  };
}
