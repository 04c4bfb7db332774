/** Is the dashboard able to serve? Needs no session and tells nothing else. */
import { asAuth } from '@hikyaku/db';
import { pools } from './db.ts';
import { log } from './log.ts';

/** One round trip to the database, within three seconds. */
export async function isDatabaseReachable(): Promise<boolean> {
  try {
    await asAuth(pools().auth, ({ sql }) => sql`select 1`, { timeoutMs: 3_000 });
    return true;
  } catch (error) {
    log.error({ err: error }, 'health: the database does not answer');
    return false;
  }
}
