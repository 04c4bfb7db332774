/**
 * What an observation teaches about a destination, and for how long. Nothing is believed for ever: an old limit is tried
 * again, and TLS that broke once is switched off for a day only.
 */
import type { Profile, ProfileField, ProfileValues } from './profile.ts';
import type { LearnedField } from './profile-of.ts';

/** The fields to store, none if the profile says as much already or the evidence is too thin. */
export function learnFrom(seen: Observation, profile: Profile, nowMs: number): LearnedField[] {
  const { values } = profile;
  const learn = <F extends ProfileField>(
    field: F,
    value: ProfileValues[F],
    reason: string,
    days: number,
    mxHost: string | null = null,
  ): LearnedField[] => [
    { field, value, mxHost, reason, atMs: nowMs, expiresAtMs: nowMs + days * DAY_MS },
  ];

  switch (seen.kind) {
    case 'too-many-recipients': {
      // Once may be another sender's doing, or a recipient's.
      if (seen.timesSeen < 2 || !isLower(seen.accepted, values.recipientsMax)) return [];
      const reason = `"Too many recipients" after ${seen.accepted}, ${seen.timesSeen} times.`;
      return learn('recipientsMax', Math.max(1, seen.accepted), reason, LIMIT_DAYS);
    }
    case 'dropped-at-rcpt': {
      const half = Math.floor(Math.min(seen.written, values.recipientsMax ?? seen.written) / 2);
      const reason = `The connection was dropped with ${seen.written} RCPTs written.`;
      return learn('recipientsMax', Math.max(1, half), reason, LIMIT_DAYS);
    }
    case 'closed-after': {
      if (seen.timesSeen < 2 || !isLower(seen.transactions, values.transactionsMax)) return [];
      const reason = `Closed after ${seen.transactions} transactions, ${seen.timesSeen} times.`;
      return learn('transactionsMax', Math.max(1, seen.transactions), reason, LIMIT_DAYS);
    }
    case 'extension-broken': {
      const reason = `${seen.extension} is offered by ${seen.mxHost} and breaks: ${seen.detail}`;
      const { mxHost } = seen;
      if (seen.extension === 'STARTTLS')
        return learn('isStartTlsOff', true, reason, TLS_DAYS, mxHost);
      if (seen.extension === 'PIPELINING')
        return learn('isPipeliningOff', true, reason, QUIRK_DAYS, mxHost);
      const off = [...new Set([...values.extensionsOff, seen.extension])];
      return learn('extensionsOff', off, reason, QUIRK_DAYS, mxHost);
    }
  }
}

function isLower(found: number, known: number | null): boolean {
  return known === null || found < known;
}

const DAY_MS = 86_400_000;
const LIMIT_DAYS = 30;
const QUIRK_DAYS = 7;
const TLS_DAYS = 1;

/** `timesSeen`: with this one. `accepted`, `written`: RCPTs of the transaction. */
export type Observation =
  | { kind: 'too-many-recipients'; accepted: number; timesSeen: number }
  | { kind: 'dropped-at-rcpt'; written: number }
  | { kind: 'closed-after'; transactions: number; timesSeen: number }
  | { kind: 'extension-broken'; extension: string; mxHost: string; detail: string };
