/**
 * Arrays as Postgres writes them (Postgres manual §8.15.2). pg escapes every element of an array as if it were text;
 * most of what is fenced and settled is numbers and uuids, and there are thousands of rows a second.
 */

/** Of numbers, booleans, uuids and enum words: nothing that would need quotes. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  const written = values.includes(null) ? values.map((value) => value ?? 'NULL') : values;
  return `{${written.join(',')}}`;
}

/** Of any text. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map(quoted).join(',')}}`;
}

function quoted(value: string | null): string {
  if (value === null) return 'NULL';
  return `"${NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, '\\$&') : value}"`;
}

const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;
