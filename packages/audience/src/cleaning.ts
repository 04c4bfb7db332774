/**
 * When a dead mailbox leaves the list. A block looks like many dead mailboxes, so one 550 cleans only
 * if the same site and source, in the same run, took others before it and after it; else it takes a
 * second hit, with others taken between the two, or at least a day later.
 */

const SECOND_HIT_MS = 24 * 60 * 60 * 1_000;

export interface DeadMailboxHit {
  /** Whether the tenant (or the floor that staff set) wants cleaning. */
  readonly isCleaningOn: boolean;
  /** The reply's category: only `unknown-user`, `inactive` and `moved` speak of the mailbox. */
  readonly category: string;
  /** The command that was answered: only at RCPT a reply speaks of one mailbox and of no content. */
  readonly command: string;
  /** Recipients that the same site and source accepted in this run, before and after this reply. */
  readonly acceptedBefore: number;
  readonly acceptedAfter: number;
  /** A burst veto stands for the site and source: its 550s are in quarantine. */
  readonly isVetoed: boolean;
  readonly atMs: number;
  /** When this address was last answered so in an earlier run; null if never. */
  readonly earlierHitAtMs: number | null;
  /** Recipients that the same site and source accepted between that hit and this one: it was well, and says the same again. */
  readonly acceptedSinceEarlierHit: number;
}

/**
 * - `clean`: enters suppression.
 * - `wait`: undecided; ask again when the run goes on or at the next hit.
 * - `keep`: says nothing about the mailbox.
 */
export type CleaningVerdict =
  | { readonly verdict: 'clean'; readonly because: 'accepted-around' | 'second-hit' }
  | { readonly verdict: 'wait'; readonly because: 'no-accept-around' | 'vetoed' }
  | { readonly verdict: 'keep'; readonly because: 'cleaning-off' | 'not-the-mailbox' };

const ABOUT_THE_MAILBOX: ReadonlySet<string> = new Set(['unknown-user', 'inactive', 'moved']);

/** Decides over one hit. Pure: counters and times are given. */
export function cleaningVerdict(hit: DeadMailboxHit): CleaningVerdict {
  const isAtRcpt = hit.command.trim().slice(0, 4).toUpperCase() === 'RCPT';
  if (!isAtRcpt || !ABOUT_THE_MAILBOX.has(hit.category)) {
    return { verdict: 'keep', because: 'not-the-mailbox' };
  }
  if (!hit.isCleaningOn) return { verdict: 'keep', because: 'cleaning-off' };
  if (hit.isVetoed) return { verdict: 'wait', because: 'vetoed' };
  if (hit.acceptedBefore > 0 && hit.acceptedAfter > 0) {
    return { verdict: 'clean', because: 'accepted-around' };
  }
  return isSecondHit(hit)
    ? { verdict: 'clean', because: 'second-hit' }
    : { verdict: 'wait', because: 'no-accept-around' };
}

function isSecondHit({ atMs, earlierHitAtMs, acceptedSinceEarlierHit }: DeadMailboxHit): boolean {
  if (earlierHitAtMs === null) return false;
  return acceptedSinceEarlierHit > 0 || atMs - earlierHitAtMs >= SECOND_HIT_MS;
}
