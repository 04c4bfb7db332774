/**
 * Checks an address and a password, slowing guesses down per account and per network address.
 * A victim is not locked out: waits are short, and only grow while the guessing goes on.
 */
import { asAuth } from '@hikyaku/db';
import { pools } from './db.ts';
import { PASSWORD_MAX, verifyPassword } from './password.ts';
import { checkThrottle, clearThrottle, countFailure } from './throttle.ts';

/** What next-auth puts into the session. */
export interface SignedIn {
  id: string;
  version: number;
}

/** Null for a wrong pair. Throws an Error `THROTTLED:<seconds>` or `BUSY`, which the form puts into words. */
export async function signIn(
  email: unknown,
  password: unknown,
  address: string,
): Promise<SignedIn | null> {
  if (typeof email !== 'string' || typeof password !== 'string') return null;
  if (email.length > 254 || password.length > PASSWORD_MAX) return null;
  const key = email.trim().toLowerCase();
  const keys = { account: `account:${key}`, address: `address:${address}` };
  const waitSeconds = await checkThrottle(keys);
  if (waitSeconds > 0) throw new Error(`THROTTLED:${waitSeconds}`);

  const user = await asAuth(pools().auth, ({ prisma }) =>
    prisma.user.findUnique({
      where: { email: key },
      select: { id: true, passwordHash: true, sessionVersion: true },
    }),
  );
  const isRight = await verifyPassword(password, user?.passwordHash ?? '');
  if (!user || !isRight) {
    await countFailure(keys);
    return null;
  }
  await clearThrottle(keys.account);
  await asAuth(pools().auth, ({ prisma }) =>
    prisma.user.update({
      where: { id: user.id },
      data: { lastSignInAt: new Date() },
      select: { id: true },
    }),
  );
  return { id: user.id, version: user.sessionVersion };
}
