/**
 * Passwords of people who sign in. One hash takes 128 MB, so few run at once and a queue of callers is turned away
 * instead of growing. How they are stored: packages/db.
 */
import * as stored from '@hikyaku/db/password';
import { Refusal } from './refusal.ts';

const CONCURRENT_MAX = 2;
const WAITING_MAX = 32;

/** Shortest password without a second factor (NIST SP 800-63B-4 §3.1.1.2). */
export const PASSWORD_MIN = 15;
/** Longer ones only cost time. */
export const PASSWORD_MAX = 256;

/** Hashes a new password. Throws Refusal BUSY when too many hashes wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => stored.hashPassword(password));
}

/**
 * Compares in constant time. An empty or foreign hash costs as much as a real one and is false, so that timing does not
 * tell who has an account. Throws Refusal BUSY when too many hashes wait.
 */
export function verifyPassword(password: string, hash: string): Promise<boolean> {
  return inTurn(() => stored.verifyPassword(password, hash));
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= CONCURRENT_MAX) {
    if (waiting.length >= WAITING_MAX) throw new Refusal('BUSY');
    await new Promise<void>((resume) => waiting.push(resume));
  }
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
