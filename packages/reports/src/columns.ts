/**
 * The columns of the CSV exports: ids, order, and where each value comes from. Headings are catalogue texts
 * (`exportColumn.<id>`); ids are the stable names for machines and never change meaning.
 */

/** One row per recipient of a campaign, with its last attempt. */
export const DELIVERY_COLUMNS: readonly Column[] = [
  { id: 'address', from: 'delivery', kind: 'text' },
  { id: 'name', from: 'delivery', kind: 'text' },
  { id: 'destination', from: 'delivery', kind: 'text' },
  { id: 'state', from: 'delivery', kind: 'state' },
  { id: 'attempts', from: 'delivery', kind: 'number' },
  { id: 'settled_at', from: 'delivery', kind: 'time' },
  { id: 'next_attempt_at', from: 'delivery', kind: 'time' },
  { id: 'last_attempt_at', from: 'event', kind: 'time' },
  { id: 'category', from: 'event', kind: 'category' },
  { id: 'phase', from: 'event', kind: 'text' },
  { id: 'code', from: 'event', kind: 'number' },
  { id: 'enhanced_code', from: 'event', kind: 'text' },
  { id: 'reply', from: 'event', kind: 'text' },
  { id: 'mx_host', from: 'event', kind: 'text' },
  { id: 'mx_address', from: 'event', kind: 'text' },
  { id: 'source', from: 'event', kind: 'text' },
  { id: 'session', from: 'event', kind: 'text' },
  { id: 'transaction', from: 'event', kind: 'number' },
  { id: 'tls', from: 'event', kind: 'text' },
  { id: 'duration_ms', from: 'event', kind: 'number' },
  { id: 'bytes', from: 'event', kind: 'number' },
];

/** The heading line's ids, in order. */
export function columnIds(columns: readonly Column[] = DELIVERY_COLUMNS): string[] {
  return columns.map(({ id }) => id);
}

/**
 * A CSV cell (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front: reply texts come
 * from strangers. Negative numbers are numbers and stay.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A CSV line with its CRLF. */
export function csvLine(values: readonly (string | number | null | undefined)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/** `kind`: how a value is shown; `state` and `category` have catalogue texts beside their id. */
export type Column = {
  id: string;
  from: 'delivery' | 'event';
  kind: 'text' | 'number' | 'time' | 'state' | 'category';
};
