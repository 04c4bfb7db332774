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

const KEEP_MS = 5_000;
let known = { isReadOnly: false, untilMs: 0 };

/** True while the database answers and takes no writes, as a standby, or one that a full disk made read-only. Kept for seconds. */
export async function isDatabaseReadOnly(): Promise<boolean> {
  if (performance.now() < known.untilMs) return known.isReadOnly;
  const isReadOnly = await asAuth(
    pools().auth,
    ({ sql }) => sql<{ is: boolean }>`select current_setting('transaction_read_only') = 'on' as is`,
    { timeoutMs: 3_000 },
  ).then(
    (rows) => rows[0]?.is === true,
    // Whoever asks meets the same silence at once, and says so.
    () => false,
  );
  known = { isReadOnly, untilMs: performance.now() + KEEP_MS };
  return isReadOnly;
}
