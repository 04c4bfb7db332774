/**
 * Checks an address and a password. Guessing is slowed down for the pair of account and network address first,
 * and much later for either alone, so that a guesser does not lock out the person they guess at.
 */
import {
  asAuth,
  clearSignInFailures,
  findUserForSignIn,
  recordSignIn,
  recordSignInFailure,
  throttledUntil,
} from '@hikyaku/db';
import { pools } from './db.ts';
import { verifyPassword } from './password.ts';
import { PASSWORD_MAX } from './password-length.ts';

/** What next-auth puts into the session. */
export interface SignedIn {
  id: string;
  version: number;
}

/** Failures that cost nothing. An office behind one address mistypes more often than one person does. */
const FREE = { pair: 5, account: 50, address: 50 };

/** Null for a wrong pair. Throws an Error `THROTTLED:<seconds>` or `BUSY`, which the form puts into words. */
export async function signIn(
  email: unknown,
  password: unknown,
  address: string,
): Promise<SignedIn | null> {
  if (typeof email !== 'string' || typeof password !== 'string') return null;
  if (email.length > 254 || password.length > PASSWORD_MAX) return null;
  const account = email.trim().toLowerCase();
  const keys = {
    pair: `pair:${account}|${address}`,
    account: `account:${account}`,
    address: `address:${address}`,
  };
  const { auth } = pools();
  const user = await asAuth(auth, async (scope) => {
    const until = await throttledUntil(scope, Object.values(keys));
    if (until) throw new Error(`THROTTLED:${secondsTo(until)}`);
    return findUserForSignIn(scope, account);
  });
  const isRight = await verifyPassword(password, user?.passwordHash ?? '');
  if (!user || !isRight) {
    await asAuth(auth, async (scope) => {
      for (const kind of ['account', 'address', 'pair'] as const) {
        await recordSignInFailure(scope, [keys[kind]], { free: FREE[kind] });
      }
    });
    return null;
  }
  await asAuth(auth, async (scope) => {
    // A right password forgives the person, not the address that others guess from.
    await clearSignInFailures(scope, [keys.pair, keys.account]);
    await recordSignIn(scope, user.id);
  });
  return { id: user.id, version: user.sessionVersion };
}

function secondsTo(until: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000));
}
