/** What the habits of a destination make of a moment: a reset at connect, a list of unknown age, a minute of the hour. */
import type { Profile } from './profile.ts';

/**
 * How a connection that did not come about is to be judged. A carrier that resets TCP at connect is busy, or blocks: it says
 * 421 in its own way, and the host is not dead. Otherwise null: a failure of the network like any other.
 */
export function connectFailureOf(
  profile: Profile,
  systemCode: string | null,
): { code: 421; category: 'connection-limit' } | null {
  if (!profile.values.isConnectResetBusy || systemCode !== 'ECONNRESET') return null;
  return { code: 421, category: 'connection-limit' };
}

/** The moment itself, or the first one after it outside the minutes in which the destination is congested. */
export function afterCongestion(profile: Profile, atMs: number): number {
  const congested = new Set(profile.values.congestionMinutes);
  let minute = Math.floor(atMs / MINUTE_MS);
  // Minutes of the hour are the same in every zone that carriers live in. All sixty congested: none is.
  for (let tried = 0; congested.has(minute % 60); tried++) {
    if (tried === 60) return atMs;
    minute += 1;
  }
  return Math.max(atMs, minute * MINUTE_MS);
}

/**
 * How a list goes to a destination that blocks sources with many unknown users. `probe`: one session, until enough replies
 * have shown what the list is like. `stop`: its dead addresses must be cleaned before it goes on. `go`: as fast as may be.
 */
export function listPaceOf(profile: Profile, seen: ListTally): 'go' | 'probe' | 'stop' {
  const limit = profile.values.unknownUserShareMax;
  if (limit === null) return 'go';
  const judged = seen.accepted + seen.unknownUsers;
  // Ten dead ones out of a probe are no accident, however small the sample is.
  if (seen.unknownUsers >= PROBE_UNKNOWN && seen.unknownUsers > judged * limit) return 'stop';
  return judged < PROBE_RECIPIENTS ? 'probe' : 'go';
}

const MINUTE_MS = 60_000;
const PROBE_RECIPIENTS = 200;
const PROBE_UNKNOWN = 10;

/** Replies at RCPT or the dot so far, of one list at one destination from one source. */
export type ListTally = { accepted: number; unknownUsers: number };
