/** Tokens of one-time links: the person gets the token once, the database only its hash. */
import { createHash, randomBytes } from 'node:crypto';
import { env } from './env.ts';

const HOURS = { invite: 7 * 24, reset: 24 };

/** A new token: what to store, and the link to hand over. */
export function newToken(kind: 'invite' | 'reset') {
  const token = randomBytes(32).toString('base64url');
  return {
    tokenHash: hashToken(token),
    expiresAt: new Date(Date.now() + HOURS[kind] * 3_600_000),
    url: `${env().NEXTAUTH_URL.replace(/\/$/, '')}/password/${token}`,
  };
}

/** SHA-256 in hex, as `one_time_link.token_hash` holds it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
