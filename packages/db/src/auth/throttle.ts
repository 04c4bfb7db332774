/**
 * Makes guessing slow without locking a victim out: waits grow per key, and are short enough to outwait. Keys are the
 * caller's: the account, the address of the request, or both. Record a failure in a transaction of its own, so that it
 * stays whatever becomes of the request.
 */
import type { AuthScope } from '../scope/scopes.ts';

/** Failures that cost nothing, then 1, 2, 4 … seconds up to the maximum. */
const FREE = 5;
const MAX_SECONDS = 900;
/** After this long without a failure a key begins anew. */
const FORGET = '1 hour';

/** Until when the caller must wait; null when none of the keys is held. */
export async function throttledUntil(
  scope: AuthScope,
  keys: readonly string[],
): Promise<Date | null> {
  const rows = await scope.sql<{ until: Date | null }>`
    select max(until) as until from sign_in_throttle where key = any(${[...keys]}::text[]) and until > now()`;
  return rows[0]?.until ?? null;
}

/**
 * Counts one failure for each key. Returns until when the caller must wait now; null: not yet.
 * `free` failures cost nothing (default 5): more for a key that many people share, such as an office's address.
 */
export async function recordSignInFailure(
  scope: AuthScope,
  keys: readonly string[],
  { free = FREE }: { free?: number } = {},
): Promise<Date | null> {
  // In order of key, so that two requests with the same keys take turns instead of blocking each other.
  const rows = await scope.sql<{ until: Date }>`
    insert into sign_in_throttle as t (key, failures, until)
    select key, 1, now() from unnest(${[...new Set(keys)].sort()}::text[]) as key
    on conflict (key) do update
      set failures = case when t.updated_at < now() - ${FORGET}::interval then 1 else t.failures + 1 end,
          until = case when t.updated_at < now() - ${FORGET}::interval or t.failures < ${free} then now()
                       else now() + least(${MAX_SECONDS}, power(2, least(t.failures - ${free}, 20))) * interval '1 second' end,
          updated_at = now()
    returning until`;
  await scope.sql`
    delete from sign_in_throttle where key in (
      select key from sign_in_throttle where updated_at < now() - ${FORGET}::interval limit 100 for update skip locked)`;
  const until = new Date(Math.max(...rows.map((row) => row.until.getTime())));
  return until.getTime() > Date.now() ? until : null;
}

/** After a success: what the account's key has counted is forgotten. */
export async function clearSignInFailures(
  scope: AuthScope,
  keys: readonly string[],
): Promise<void> {
  await scope.sql`delete from sign_in_throttle where key = any(${[...keys]}::text[])`;
}
