/** The rows of the two CSV files: one per recipient with its last attempt, or one per attempt. */

import { BOM, csvLine } from '@hikyaku/audience';
import type { EventCsvRow } from '@hikyaku/db';

const CSV_COLUMNS = [
  'address',
  'destination',
  'state',
  'state_id',
  'state_at',
  'attempt',
  'attempt_at',
  'disposition',
  'category',
  'category_id',
  'phase',
  'code',
  'enhanced_code',
  'reply',
  'mx_host',
  'mx_address',
  'source',
  'session',
  'transaction',
  'mode',
  'tls',
  'envelope_ms',
  'dot_ms',
  'bytes',
] as const;

export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** Words come from the reader's catalogue; times are written in the tenant's zone, which the heading names. */
export interface CsvWords {
  heading: (column: CsvColumn) => string;
  state: (state: string) => string;
  disposition: (disposition: string) => string;
  mode: (mode: 'one_to_one' | 'bulk') => string;
  category: (category: string) => string;
  time: (at: Date) => string;
}

/** Keeps the last attempt of each recipient: rows of one come one after the other, in order of time. */
export async function* lastAttempts(rows: AsyncIterable<EventCsvRow>): AsyncGenerator<EventCsvRow> {
  let held: EventCsvRow | null = null;
  for await (const row of rows) {
    if (held && held.deliveryId !== row.deliveryId) yield held;
    held = row;
  }
  if (held) yield held;
}

/** Text with a byte order mark, for spreadsheets; formulas are guarded cell by cell (`csvLine`). */
export async function* csvText(
  rows: AsyncIterable<EventCsvRow>,
  words: CsvWords,
): AsyncGenerator<string> {
  let text = `${BOM}${csvLine(CSV_COLUMNS.map(words.heading))}`;
  for await (const row of rows) {
    text += csvLine(cells(row, words));
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

function cells(row: EventCsvRow, words: CsvWords): (string | number | null)[] {
  const category = row.category ?? row.stateCategory;
  return [
    row.email,
    row.domain,
    words.state(row.state),
    row.state,
    words.time(row.stateAt),
    row.attempt,
    row.at && words.time(row.at),
    row.disposition && words.disposition(row.disposition),
    category && words.category(category),
    category,
    row.phase,
    row.code,
    row.enhanced,
    row.text,
    row.mxHost,
    row.mxAddress,
    row.source,
    row.session,
    row.transaction,
    row.mode && words.mode(row.mode),
    row.tls,
    row.envelopeMs,
    row.dotMs,
    row.sizeBytes,
  ];
}
