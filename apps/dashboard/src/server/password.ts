/**
 * Hashing passwords under a cap: one hash takes 128 MB, so few run at once, and callers beyond a short queue
 * are turned away instead of filling the memory.
 */
import { hashPassword as hash, verifyPassword as verify } from '@hikyaku/db/password';
import { Refusal } from './refusal.ts';

const CONCURRENT_MAX = 2;
const WAITING_MAX = 32;

/** Hashes a new password. Throws Refusal BUSY when too many hashes wait. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password));
}

/** Costs the same for nobody's password as for somebody's. Throws Refusal BUSY when too many hashes wait. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  return inTurn(() => verify(password, stored));
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= CONCURRENT_MAX) {
    if (waiting.length >= WAITING_MAX) throw new Refusal('BUSY');
    // Whoever ends hands over its place, so that nobody overtakes.
    await new Promise<void>((resume) => waiting.push(resume));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
