/**
 * The three pools of the dashboard, one per role, opened at the first request. Idle connections close by
 * themselves, so a development reload leaves nothing behind.
 */
import { type Db, openDb } from '@hikyaku/db';
import { env } from './env.ts';
import { log } from './log.ts';

interface Pools {
  app: Db;
  auth: Db;
  staff: Db;
}

let opened: Pools | undefined;

/** Opened lazily, so that building and importing need no database. */
export function pools(): Pools {
  opened ??= {
    app: open(env().APP_DATABASE_URL, 'app', 12),
    auth: open(env().AUTH_DATABASE_URL, 'auth', 4),
    staff: open(env().STAFF_DATABASE_URL, 'staff', 4),
  };
  return opened;
}

function open(url: string, plane: string, max: number): Db {
  return openDb({
    url,
    max,
    applicationName: `hikyaku-dashboard-${plane}`,
    onError: (error) => log.warn({ err: error, plane }, 'an idle database connection broke'),
  });
}
