/**
 * The one file that says what follows from a reply or a failure: for the recipient, the session and the site.
 * Invariants: a reply lost after the dot is unknown and never resent on its own; a site's failure is no recipient's
 * attempt; nothing bounces because of a greeting or garbage. delivery-engine.md §2, smtp-client.md.
 */

/** Judges one outcome. `failure.category` and its traits come from `classify` of @hikyaku/replies. */
export function judge(failure: Failure): Verdict {
  const effects = effectsOf(failure);
  const endsSession = endsTheSession(failure);
  const verdict = (disposition: Disposition, retry: RetryManner, counts: boolean): Verdict => ({
    disposition,
    retry,
    countsAttempt: counts,
    record: counts ? 'delivery_event' : 'site_event',
    endsSession,
    effects,
  });

  if (isLostAfterDot(failure)) return verdict('unknown', 'never', true);
  if (failure.category === 'accepted') return verdict('accepted', 'never', true);
  // A domain that takes no mail is the recipient's end, though no RCPT was ever written.
  if (failure.category === 'domain-bad' && failure.permanence === 'permanent')
    return verdict('bounced', 'never', true);
  if (SITE_PHASES.has(failure.phase)) return verdict('returned', 'site', false);
  // The transaction was given up before a recipient was named: nobody was judged.
  if (!failure.isRcptWritten) {
    if (failure.permanence !== 'permanent') return verdict('returned', 'site', false);
    return verdict('bounced', 'never', true);
  }
  if (CARRIED_OVER.has(failure.category)) return verdict('deferred', 'soon', true);
  if (failure.permanence === 'permanent') return verdict('bounced', 'never', true);
  return verdict('deferred', failure.category === 'greylist' ? 'greylist' : 'backoff', true);
}

/**
 * A failure without a reply: timeout, reset, EOF or garbage at `phase`, or a name that does not resolve for now.
 * After the dot it is `unknown`; before it, nothing was taken.
 */
export function lostConnection(phase: Phase, isRcptWritten: boolean): Failure {
  const isAfterDot = phase === 'dot';
  return {
    phase,
    code: null,
    category: isAfterDot ? 'unknown' : 'network',
    scope: isAfterDot ? 'recipient' : 'session',
    permanence: isAfterDot ? 'unknown' : 'transient',
    isRcptWritten,
  };
}

/** A domain that takes no mail: null MX (RFC 7505) or NXDOMAIN. Its recipients bounce without a connection. */
export function badDomain(): Failure {
  return {
    phase: 'dns',
    code: null,
    category: 'domain-bad',
    scope: 'site',
    permanence: 'permanent',
    isRcptWritten: false,
  };
}

/** True where the message may have been delivered though nobody said so. 4yz, 5yz and 421 are known answers. */
export function isLostAfterDot(failure: Failure): boolean {
  if (failure.phase !== 'dot') return false;
  return failure.code === null || failure.category === 'unknown' || failure.code === 221;
}

function endsTheSession({ code, scope, phase, category }: Failure): boolean {
  // 421 closes, even where the server goes on talking (replies.md, rule breaker 17). No code: out of step, never reused.
  if (code === null || code === 421 || code === 221) return true;
  // A refused STARTTLS leaves a session that can go on in plaintext; that is the TLS policy's to say.
  if (phase === 'dns' || phase === 'connect' || phase === 'greeting' || phase === 'ehlo')
    return true;
  if (category === 'session-limit' || category === 'connection-limit') return true;
  return scope === 'session' && category === 'protocol';
}

function effectsOf(failure: Failure): Effect[] {
  const effects = [...(EFFECTS[failure.category] ?? [])];
  if (failure.category === 'reputation' && isPermanentCode(failure)) effects.push('quarantine');
  if (CLEANABLE.has(failure.category) && failure.phase === 'rcpt' && isPermanentCode(failure))
    effects.push('clean-candidate');
  const isOpening = SITE_PHASES.has(failure.phase) && failure.phase !== 'dns';
  const isCut = failure.code === 421 && failure.category !== 'session-limit';
  if ((isOpening || isCut) && !effects.includes('lower-concurrency'))
    effects.push('lower-concurrency');
  return effects;
}

function isPermanentCode({ code }: Failure): boolean {
  return code !== null && code >= 500 && code <= 599;
}

/** Before MAIL, a failure is about the site and not about any message. */
const SITE_PHASES: ReadonlySet<Phase> = new Set(['dns', 'connect', 'greeting', 'ehlo', 'starttls']);

/** Refused by position, not by name: they go first in the next transaction, or in the next session. */
const CARRIED_OVER: ReadonlySet<string> = new Set(['recipient-limit', 'session-limit']);

/** Only these, at RCPT, speak of a dead mailbox; audience's cleaning rule weighs the evidence. */
const CLEANABLE: ReadonlySet<string> = new Set(['unknown-user', 'inactive', 'moved']);

const EFFECTS: Readonly<Record<string, readonly Effect[]>> = {
  reputation: ['back-off-site'],
  'source-rate': ['lower-rate'],
  'connection-limit': ['lower-concurrency'],
  'session-limit': ['lower-session-limit'],
  'recipient-limit': ['lower-recipient-limit'],
  'spam-content': ['stop-campaign-at-site'],
  auth: ['alarm-tenant'],
  'sender-bad': ['alarm-tenant'],
  'server-config': ['back-off-site'],
  'mailbox-full': ['count-full'],
};

export type Phase =
  | 'dns'
  | 'connect'
  | 'greeting'
  | 'ehlo'
  | 'starttls'
  | 'mail'
  | 'rcpt'
  | 'data'
  /** Between 354 and the final dot: the connection was lost with the message unfinished. */
  | 'content'
  | 'dot';
export type Scope = 'session' | 'site' | 'message' | 'recipient';
export type Permanence = 'transient' | 'permanent' | 'unknown';

/** `code`: of the reply that decided; null when there was none (timeout, reset, EOF, garbage). */
export type Failure = {
  phase: Phase;
  code: number | null;
  category: string;
  scope: Scope;
  permanence: Permanence;
  isRcptWritten: boolean;
};

/** `returned`: back to waiting, no attempt counted, the site's pause decides when. */
export type Disposition = 'accepted' | 'deferred' | 'bounced' | 'unknown' | 'returned';

/**
 * `soon`: the next transaction or session, but through planRetry when it was the first RCPT of its transaction, or a
 * server that always says "too many" would be asked for ever. `site`: when the site may be tried again. `backoff`,
 * `greylist`: planRetry.
 */
export type RetryManner = 'never' | 'soon' | 'site' | 'backoff' | 'greylist';

export type Effect =
  | 'back-off-site'
  | 'quarantine'
  | 'lower-rate'
  | 'lower-concurrency'
  | 'lower-session-limit'
  | 'lower-recipient-limit'
  | 'stop-campaign-at-site'
  | 'alarm-tenant'
  | 'count-full'
  | 'clean-candidate';

export type Verdict = {
  disposition: Disposition;
  retry: RetryManner;
  countsAttempt: boolean;
  record: 'delivery_event' | 'site_event';
  endsSession: boolean;
  effects: readonly Effect[];
};
