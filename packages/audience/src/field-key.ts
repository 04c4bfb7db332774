/**
 * Column names → keys that a template can name. LiquidJS takes letters of any script, so `会社名`
 * stays `会社名`; only what Liquid or JavaScript would read as something else is changed.
 */
import { halfWidth } from './address.ts';

const KEY_MAX = 60;

// Words that Liquid reads as values or operators, and fields that every message has of its own.
const TAKEN = new Set([
  ...['true', 'false', 'nil', 'null', 'empty', 'blank', 'and', 'or', 'not', 'contains'],
  ...['forloop', 'email', 'unsubscribe_url'],
]);

/**
 * A key for a column: letters, digits and `_`, NFKC, at most 60 characters, never a name that
 * JavaScript objects have (`__proto__`, `constructor`), never empty.
 *
 * @param position of the column, counted from 1, for a name that leaves nothing (`column_3`)
 */
export function fieldKey(name: string, position: number): string {
  const words = halfWidth(name).normalize('NFKC').toWellFormed();
  const key = words
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  const short = [...key].slice(0, KEY_MAX).join('').replace(/_+$/, '');
  if (short === '') return `column_${position}`;
  return /^\p{N}/u.test(short) || isTaken(short) ? `field_${short}` : short;
}

/** Whether a key may be used as it is: what `fieldKey` makes of it is itself. */
export function isFieldKey(key: string): boolean {
  return key !== '' && !/^column_0$/.test(key) && fieldKey(key, 0) === key;
}

/** Keys for all columns, made distinct by `_2`, `_3` … */
export function fieldKeys(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, index) => {
    const key = fieldKey(name, index + 1);
    let distinct = key;
    for (let count = 2; seen.has(distinct); count++) distinct = `${key}_${count}`;
    seen.add(distinct);
    return distinct;
  });
}

function isTaken(key: string): boolean {
  return TAKEN.has(key) || key in {};
}
