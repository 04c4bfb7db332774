/**
 * Compares delivery rows, the log, and what a receiver journalled. Pure: rows in, differences out.
 * An unknown delivery may or may not be in the journal: that is what unknown means.
 */
import type { ReconcileRow } from '@hikyaku/db/worker';

export type DifferenceKind =
  | 'attempts-differ'
  | 'state-differs'
  | 'accepted-twice-in-log'
  | 'accepted-not-in-journal'
  | 'in-journal-but-not-accepted'
  | 'twice-in-journal'
  | 'total-differs';

export interface Difference {
  kind: DifferenceKind;
  delivery: string;
  detail: string;
}

/** What the state of a row says that its latest event must be. Rows without an attempt have no event. */
const EXPECTED: Record<string, readonly string[]> = {
  accepted: ['accepted'],
  bounced: ['bounced'],
  unknown: ['unknown'],
  waiting: ['deferred'],
  expired: ['deferred'],
  // Cancelled while it waited for another attempt, or sent again by hand while unknown.
  cancelled: ['deferred', 'unknown'],
};

/** `journalCopies`: how often the receiver accepted it; undefined where no journal was given. */
export function differencesOf(row: ReconcileRow, journalCopies: number | undefined): Difference[] {
  const found: Difference[] = [];
  const say = (kind: DifferenceKind, detail: string) =>
    found.push({ kind, delivery: row.id, detail });
  if (row.attempts !== row.loggedAttempts)
    say('attempts-differ', `row says ${row.attempts}, log holds ${row.loggedAttempts}`);
  if (row.attempts > 0 && row.state !== 'sending') {
    const expected = [
      ...(EXPECTED[row.state] ?? []),
      ...(row.state === 'waiting' ? ['unknown'] : []),
    ];
    if (!expected.includes(row.lastDisposition ?? ''))
      say('state-differs', `row is ${row.state}, log ends with ${row.lastDisposition}`);
  }
  if (row.attempts === 0 && ['accepted', 'bounced', 'unknown'].includes(row.state))
    say('state-differs', `row is ${row.state} without an attempt`);
  if (row.acceptedEvents > 1) say('accepted-twice-in-log', `${row.acceptedEvents} events`);
  if (journalCopies === undefined) return found;
  if (journalCopies > 1) say('twice-in-journal', `${journalCopies} copies`);
  if (row.state === 'accepted' && journalCopies === 0) say('accepted-not-in-journal', row.email);
  const mayBeThere = row.state === 'accepted' || row.state === 'unknown' || row.state === 'sending';
  if (journalCopies > 0 && !mayBeThere && row.acceptedEvents === 0)
    say('in-journal-but-not-accepted', `row is ${row.state}`);
  return found;
}
