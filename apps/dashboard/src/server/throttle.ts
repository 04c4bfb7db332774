/** Failures of signing in, counted per account and per network address in `sign_in_throttle`. */
import { asAuth } from '@hikyaku/db';
import { pools } from './db.ts';

/** `account:<email>` and `address:<ip>`. */
export interface ThrottleKeys {
  account: string;
  address: string;
}

/** Failures that cost nothing; an office behind one address mistypes more often than one person does. */
const FREE = { account: 5, address: 30 };
const WAIT_MAX_SECONDS = 300;
/** A count that has been quiet for this long starts again. */
const FORGET = '30 minutes';

/** Seconds until the next try is looked at; 0 when it may be now. */
export async function checkThrottle(keys: ThrottleKeys): Promise<number> {
  const rows = await asAuth(
    pools().auth,
    ({ sql }) =>
      sql<{ seconds: number }>`
      select ceil(extract(epoch from max(until) - now()))::int as seconds
      from sign_in_throttle where key in (${keys.account}, ${keys.address}) and until > now()`,
  );
  return Math.max(0, rows[0]?.seconds ?? 0);
}

/** Counts one failure for both keys; beyond the free ones each doubles the wait, up to five minutes. */
export async function countFailure(keys: ThrottleKeys): Promise<void> {
  await asAuth(pools().auth, async ({ sql }) => {
    for (const kind of ['account', 'address'] as const) {
      await sql`
        insert into sign_in_throttle as t (key, failures, until, updated_at)
        values (${keys[kind]}, 1, now(), now())
        on conflict (key) do update set
          failures = case when t.updated_at < now() - ${FORGET}::interval then 1 else t.failures + 1 end,
          until = now() + make_interval(secs => case
            when t.updated_at < now() - ${FORGET}::interval or t.failures + 1 < ${FREE[kind]} then 0
            else least(${WAIT_MAX_SECONDS}::int, power(2, least(t.failures + 1 - ${FREE[kind]}, 20)))::int end),
          updated_at = now()`;
    }
  });
}

/** A right password forgives the account, not the address it came from. */
export async function clearThrottle(accountKey: string): Promise<void> {
  await asAuth(pools().auth, ({ prisma }) =>
    prisma.signInThrottle.deleteMany({ where: { key: accountKey } }),
  );
}
