/**
 * What became of each recipient, as three witnesses tell it: the report's CSV files, the delivery log, the receiver's
 * journal. Each account is a set of lines `address outcome attempts`, so that they can be laid side by side.
 */
import type { ReconcileRow } from '@hikyaku/db/worker';
import { ja } from './catalogue.ts';
import type { JournalLine } from './receiver.ts';

const column = ja.reports.csvColumn;

/** From the file with a row per recipient, and the one with a row per attempt. */
export function accountOfReport(
  deliveries: Record<string, string>[],
  attempts: Record<string, string>[],
): string[] {
  const counts = countBy(attempts, (row) => row[column.address] ?? '');
  return deliveries
    .map((row) => {
      const address = row[column.address] ?? '';
      return line(address, row[column.state_id] ?? '', counts.get(address) ?? 0);
    })
    .sort();
}

/** The last entry of the log decides, not the row's own state. */
export function accountOfLog(rows: readonly ReconcileRow[]): string[] {
  return rows
    .map((row) => line(row.email, row.lastDisposition ?? 'none', row.loggedAttempts))
    .sort();
}

/** `isOurs` picks the recipients of one campaign. A message that was taken without a reply is nobody's to know. */
export function accountOfJournal(
  lines: readonly JournalLine[],
  isOurs: (recipient: string) => boolean,
): string[] {
  const found = new Map<string, JournalLine[]>();
  for (const entry of lines) {
    if (entry.recipient === null || !isOurs(entry.recipient)) continue;
    const known = found.get(entry.recipient);
    if (known) known.push(entry);
    else found.set(entry.recipient, [entry]);
  }
  return [...found]
    .map(([recipient, entries]) => line(recipient, outcomeOf(entries), attemptsIn(entries)))
    .sort();
}

/** What only one of two accounts says. */
export function difference(a: readonly string[], b: readonly string[]): string[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [
    ...a.filter((text) => !inB.has(text)).map((text) => `- ${text}`),
    ...b.filter((text) => !inA.has(text)).map((text) => `+ ${text}`),
  ];
}

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

function outcomeOf(entries: readonly JournalLine[]): string {
  const copies = entries.filter(({ event }) => event === 'accepted').length;
  if (copies > 1) return `accepted-${copies}-times`;
  if (entries.some(({ event }) => event === 'dropped')) return 'unknown';
  if (copies === 1) return 'accepted';
  return entries.some(({ code }) => (code ?? 0) >= 500) ? 'bounced' : 'deferred';
}

/** A dropped message has two lines: that it was accepted, and that nobody was told. */
function attemptsIn(entries: readonly JournalLine[]): number {
  return entries.filter(({ event }) => event !== 'dropped').length;
}

function line(address: string, outcome: string, attempts: number): string {
  return `${address} ${outcome} ${attempts}`;
}
