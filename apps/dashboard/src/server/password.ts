/**
 * Passwords: scrypt (RFC 7914) with N=2^17, r=8, p=1, stored as `scrypt$17$8$1$salt$hash` (base64url).
 * One hash takes 128 MB, so few run at once and a queue of callers is turned away instead of growing.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

const LOG_N = 17;
const R = 8;
const P = 1;
const CONCURRENT_MAX = 2;
const WAITING_MAX = 32;

/** Shortest password without a second factor (NIST SP 800-63B-4 §3.1.1.2). */
export const PASSWORD_MIN = 15;
/** Longer ones only cost time. */
export const PASSWORD_MAX = 256;

/** Hashes a new password. Throws Refusal BUSY when too many hashes wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, LOG_N, R, P, 32);
  return ['scrypt', LOG_N, R, P, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Compares in constant time. An empty or foreign `stored` costs as much as a real one and is false,
 * so that timing does not tell who has an account. Throws Refusal BUSY when too many hashes wait.
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, logN, r, p, salt, hash] = stored.split('$');
  const isReal = scheme === 'scrypt' && logN && r && p && salt && hash;
  if (!isReal) {
    await derive(password, Buffer.alloc(16), LOG_N, R, P, 32);
    return false;
  }
  const expected = Buffer.from(hash, 'base64url');
  const given = await derive(
    password,
    Buffer.from(salt, 'base64url'),
    Math.min(Number(logN), 20),
    Number(r),
    Number(p),
    expected.length,
  );
  return timingSafeEqual(given, expected);
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(
  password: string,
  salt: Buffer,
  logN: number,
  r: number,
  p: number,
  size: number,
): Promise<Buffer> {
  if (running >= CONCURRENT_MAX) {
    if (waiting.length >= WAITING_MAX) throw new Refusal('BUSY');
    await new Promise<void>((resume) => waiting.push(resume));
  }
  running++;
  try {
    // The same characters typed on another keyboard must give the same bytes (RFC 8265 §4.2.2: NFC).
    const text = password.normalize('NFC');
    const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
    return await new Promise((resolve, reject) =>
      scrypt(text, salt, size, options, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    running--;
    waiting.shift()?.();
  }
}
