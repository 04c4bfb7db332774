/** CSV for people's spreadsheets: RFC 4180, and no cell that a spreadsheet would run as a formula. */

/** Begins a UTF-8 file for spreadsheets that would otherwise guess. */
export const BOM = '\ufeff';

/**
 * One line with CRLF. A cell that begins with `=`, `+`, `-`, `@`, tab or CR (also full-width, also
 * behind spaces) gets a `'` in front; plain numbers such as `-5` and `+81` stay numbers.
 */
export function csvLine(cells: readonly (string | number | bigint | boolean | null)[]): string {
  return `${cells.map((cell) => quote(guard(cell))).join(',')}\r\n`;
}

/** A whole small file: header and rows. */
export function csvText(
  rows: readonly (readonly (string | number | bigint | boolean | null)[])[],
  options: { readonly bom?: boolean } = {},
): string {
  return (options.bom ? BOM : '') + rows.map(csvLine).join('');
}

function guard(cell: string | number | bigint | boolean | null): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(cell)) return cell;
  return /^(?:[\t\r]|[ \n\u3000]*[=+\-@＝＋－＠])/.test(cell) ? `'${cell}` : cell;
}

function quote(text: string): string {
  return /[",\r\n\t;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
