/**
 * Passwords as they are stored: scrypt (RFC 7914) with N=2^17, r=8, p=1, as `scrypt$17$8$1$salt$hash` in base64url.
 * One hash takes 128 MB: a caller that serves many at once must limit them.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const LOG_N = 17;
const R = 8;
const P = 1;
const HASH_BYTES = 32;

/** Hashes a new password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, LOG_N, R, P, HASH_BYTES);
  return ['scrypt', LOG_N, R, P, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** In constant time. An empty or foreign `stored` costs as much as a real one and is false. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, logN, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || !logN || !r || !p || !salt || !hash) {
    await derive(password, Buffer.alloc(16), LOG_N, R, P, HASH_BYTES);
    return false;
  }
  const expected = Buffer.from(hash, 'base64url');
  const cost = Math.min(Number(logN), 20);
  const given = await derive(
    password,
    Buffer.from(salt, 'base64url'),
    cost,
    Number(r),
    Number(p),
    expected.length,
  );
  return timingSafeEqual(given, expected);
}

function derive(
  password: string,
  salt: Buffer,
  logN: number,
  r: number,
  p: number,
  bytes: number,
): Promise<Buffer> {
  // The same characters typed on another keyboard must give the same bytes (RFC 8265 §4.2.2: NFC).
  const text = password.normalize('NFC');
  const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
  return new Promise((resolve, reject) => {
    scrypt(text, salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
