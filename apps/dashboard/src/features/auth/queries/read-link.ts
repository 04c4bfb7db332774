/** Whose one-time link this is; null when it is unknown, used or too old. */
import { asAuth, readOneTimeLink } from '@hikyaku/db';
import { pools } from '#server/db.ts';
import { hashToken } from '#server/one-time-token.ts';

export async function readLink(token: string) {
  if (token.length > 200) return null;
  return asAuth(pools().auth, (scope) => readOneTimeLink(scope, hashToken(token)));
}
