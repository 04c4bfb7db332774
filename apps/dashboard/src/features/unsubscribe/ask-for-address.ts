/**
 * Takes an address that somebody entered on the page of a bulk message. Invariant: whether the campaign has the address
 * shows neither in the answer nor in its time, so that the page cannot be asked who is on a list.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { asAuth, recordSignInFailure, throttledUntil } from '@hikyaku/db';
import { clientAddress } from '#server/client-address.ts';
import { pools } from '#server/db.ts';
import { type BulkLink, unsubscribeAddress } from './queries/bulk-link.ts';

/** Longer than suppressing somebody takes. */
const ANSWER_MS = 500;
/** Addresses that may be entered before the next one has to wait: a family behind one router, not a list. */
const FREE = 20;

/** What the page is to show, as its query. */
export async function askForAddress(
  link: BulkLink,
  body: string,
  headers: Headers,
): Promise<string> {
  const email = new URLSearchParams(body).get('email')?.trim() ?? '';
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(email)) return 'invalid=1';
  const keys = [`unsubscribe:${clientAddress(headers.get('x-forwarded-for'))}`];
  const { auth } = pools();
  const until = await asAuth(auth, (scope) => throttledUntil(scope, keys));
  if (until) return `wait=${Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000))}`;
  // Counted whatever comes of it: only misses would tell what is one.
  await asAuth(auth, (scope) => recordSignInFailure(scope, keys, { free: FREE }));
  await Promise.all([unsubscribeAddress(link, email), sleep(ANSWER_MS)]);
  return 'asked=1';
}
