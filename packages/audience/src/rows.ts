/** One row of an uploaded file → a recipient, or a refusal that says why. */
import { type NormaliseOptions, normaliseAddress } from './address.ts';
import type { ColumnMapping } from './columns.ts';
import type { RefusalCode } from './refusals.ts';

export interface RecipientRow {
  readonly kind: 'recipient';
  readonly email: string;
  readonly emailKey: string;
  readonly domain: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface RefusedRow {
  readonly kind: 'refused';
  readonly line: number;
  readonly code: RefusalCode;
  /** What was refused, cut to 200 characters, control characters made visible. */
  readonly value: string;
}

/** Characters of one field. */
export const FIELD_MAX = 2_000;
const VALUE_SHOWN_MAX = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const FIELD_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const ALL_CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Reads one row. Missing cells are empty fields; further cells behind the last column are refused
 * unless they are blank, because then the columns have shifted and every field would be wrong.
 *
 * @param line where the row begins in the file, counted from 1
 */
export function readRow(
  mapping: ColumnMapping,
  cells: readonly string[],
  line: number,
  options: NormaliseOptions = {},
): RecipientRow | RefusedRow {
  const raw = cells[mapping.emailIndex] ?? '';
  const extra = cells.slice(mapping.width).find((cell) => cell.trim() !== '');
  if (extra !== undefined) return refusal(line, 'too-many-columns', extra);
  const address = normaliseAddress(raw, options);
  if (!address.ok) return refusal(line, address.code, raw);
  const fields: Record<string, string> = {};
  for (const { index, key } of mapping.columns) {
    const value = fieldValue(cells[index] ?? '');
    if (value.length > FIELD_MAX) return refusal(line, 'field-too-long', value);
    fields[key] = value;
  }
  const { email, emailKey, domain } = address;
  return { kind: 'recipient', email, emailKey, domain, fields };
}

/** A row in which every cell is blank, as spreadsheets leave them at the end: to be skipped, not refused. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/**
 * A field as it is stored: line ends become `\n`, other control characters become spaces (Postgres
 * takes no NUL), lone surrogates U+FFFD; trimmed. For values that people type as well.
 */
export function fieldValue(cell: string): string {
  return cell.replace(/\r\n?/g, '\n').replace(FIELD_CONTROLS, ' ').toWellFormed().trim();
}

function refusal(line: number, code: RefusalCode, value: string): RefusedRow {
  const shown = value.slice(0, VALUE_SHOWN_MAX).replace(ALL_CONTROLS, visible).toWellFormed();
  return { kind: 'refused', line, code, value: shown };
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 32) return String.fromCharCode(0x2400 + code);
  return code === 127 ? '␡' : '�';
}
