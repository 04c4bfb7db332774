/** Which column of an uploaded file is what: a guess that a person corrects, checked before it is used. */
import { normaliseAddress } from './address.ts';
import { fieldKey, fieldKeys, isFieldKey } from './field-key.ts';

export interface Column {
  /** Counted from 0. */
  readonly index: number;
  /** What templates call it. */
  readonly key: string;
  /** What the file calls it. */
  readonly label: string;
}

/** As it is stored with an import. Columns that are left out are not imported. */
export interface ColumnMapping {
  readonly emailIndex: number;
  readonly columns: readonly Column[];
  /** Columns of the header: a row with more cells is refused. */
  readonly width: number;
}

/** A guess: `emailIndex` is null when no column looks like addresses. */
export type ColumnGuess = Omit<ColumnMapping, 'emailIndex'> & {
  readonly emailIndex: number | null;
};

export type HeaderProblem = 'empty-file' | 'no-address-column' | 'too-many-columns';

export const COLUMNS_MAX = 100;

const EMAIL_NAME =
  /^(?:e ?mail(?: ?address)?|mail ?address|mail|address|(?:電子)?(?:e ?)?メール(?:アドレス)?|(?:電子|e ?)メール.*|メアド|アドレス|配信先(?:アドレス)?)$/;
const PERSON_NAME = /^(?:(?:full |your )?name|お?名前|御?氏名|ご?氏名|お客様名|顧客名|会員名)$/;

/**
 * Guesses from the header's names, then from what the sample rows hold. A column with a person's
 * name gets the key `name`, which is what templates are written with; others keep their own name.
 */
export function guessColumns(
  header: readonly string[],
  sampleRows: readonly (readonly string[])[] = [],
): ColumnGuess {
  const names = header.map(plainName);
  const byName = names.findIndex((name) => EMAIL_NAME.test(name));
  const emailIndex = byName !== -1 && looksRight(sampleRows, byName) ? byName : null;
  const byContent = emailIndex ?? bestByContent(header.length, sampleRows);
  const index = byContent ?? (byName === -1 ? null : byName);
  const personIndex = names.findIndex((name, at) => at !== index && PERSON_NAME.test(name));
  const keys = fieldKeys(header.map((name, at) => (at === personIndex ? 'name' : name)));
  const columns = header.flatMap((label, at) =>
    at === index
      ? []
      : [{ index: at, key: keys[at] ?? fieldKey(label, at + 1), label: label.trim() }],
  );
  return { emailIndex: index, columns, width: header.length };
}

/** Whether a header can be imported at all; null when it can. `guess` is what guessColumns made of it. */
export function headerProblem(header: readonly string[], guess: ColumnGuess): HeaderProblem | null {
  if (header.every((name) => name.trim() === '')) return 'empty-file';
  if (header.length > COLUMNS_MAX) return 'too-many-columns';
  return guess.emailIndex === null ? 'no-address-column' : null;
}

/** Whether a mapping that came from outside is sound: indexes within the file, keys usable and distinct. */
export function isMapping(mapping: ColumnMapping): boolean {
  const { emailIndex, columns, width } = mapping;
  const indexes = [emailIndex, ...columns.map(({ index }) => index)];
  const keys = new Set(columns.map(({ key }) => key));
  return (
    width <= COLUMNS_MAX &&
    indexes.every((index) => Number.isInteger(index) && index >= 0 && index < width) &&
    new Set(indexes).size === indexes.length &&
    keys.size === columns.length &&
    [...keys].every(isFieldKey)
  );
}

// A name that says "address" over a column without a single one is a postal address.
function looksRight(rows: readonly (readonly string[])[], index: number): boolean {
  const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
  return cells.length === 0 || cells.some(isAddress);
}

function bestByContent(width: number, rows: readonly (readonly string[])[]): number | null {
  let best: number | null = null;
  let most = 0;
  for (let index = 0; index < width; index++) {
    const count = rows.filter((row) => isAddress(row[index] ?? '')).length;
    if (count > most && count * 2 >= rows.length) {
      best = index;
      most = count;
    }
  }
  return best;
}

function isAddress(cell: string): boolean {
  const address = normaliseAddress(cell, { toAscii: () => 'idn.example' });
  return address.ok;
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-・*※:：()[\]【】"']+/g, ' ')
    .replace(/(?:必須|任意)/g, '')
    .trim();
}
