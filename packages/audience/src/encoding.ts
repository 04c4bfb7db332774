/**
 * What an uploaded file is, from its first bytes. Text is told apart by what its bytes are valid as:
 * Shift_JIS (Windows code page 932) is almost never valid UTF-8 by accident.
 */

export type DetectedEncoding =
  | { readonly kind: 'text'; readonly encoding: 'utf-8' | 'utf-8-bom' | 'shift_jis' }
  | { readonly kind: 'binary'; readonly looksLike: BinaryKind };

export type BinaryKind =
  | 'pdf'
  | 'zip'
  | 'xlsx'
  | 'xls'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'gzip'
  | 'utf-16'
  | 'unknown';

/**
 * @param prefix the first bytes of the file; at least some kilobytes, or all of it
 * @param isWhole false when the file goes on: the last character may then be cut
 */
export function detectEncoding(prefix: Uint8Array, isWhole = false): DetectedEncoding {
  const signature = signatureOf(prefix);
  if (signature) return { kind: 'binary', looksLike: signature };
  const hasBom = startsWith(prefix, [0xef, 0xbb, 0xbf]);
  const text = hasBom ? prefix.subarray(3) : prefix;
  if (text.some(isBinaryByte)) return { kind: 'binary', looksLike: 'unknown' };
  if (isUtf8(text, isWhole)) return { kind: 'text', encoding: hasBom ? 'utf-8-bom' : 'utf-8' };
  if (!hasBom && isShiftJis(text, isWhole)) return { kind: 'text', encoding: 'shift_jis' };
  return { kind: 'binary', looksLike: 'unknown' };
}

const SIGNATURES: readonly (readonly [BinaryKind, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['gzip', [0x1f, 0x8b]],
  ['utf-16', [0xff, 0xfe]],
  ['utf-16', [0xfe, 0xff]],
];

function signatureOf(bytes: Uint8Array): BinaryKind | null {
  const found = SIGNATURES.find(([, magic]) => startsWith(bytes, magic))?.[0] ?? null;
  return found === 'zip' && isWorkbook(bytes) ? 'xlsx' : found;
}

// Office files are ZIP archives whose first member is named so.
function isWorkbook(bytes: Uint8Array): boolean {
  const name = String.fromCharCode(...bytes.subarray(30, 60));
  return name.startsWith('[Content_Types].xml') || /^(?:xl|_rels|docProps)\//.test(name);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

// Control characters that no text file holds: tab, line ends, form feed, and DOS's end of file may be there.
function isBinaryByte(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 26;
}

/** RFC 3629, without overlong forms and surrogates. */
function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length === 0 || lead > 0xf4) return false;
    for (let offset = 1; offset < length; offset++) {
      const byte = bytes[at + offset];
      if (byte === undefined) return !isWhole;
      if (byte < lowest(lead, offset) || byte > highest(lead, offset)) return false;
    }
    at += length;
  }
  return true;
}

function lowest(lead: number, offset: number): number {
  if (offset !== 1) return 0x80;
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

function highest(lead: number, offset: number): number {
  if (offset !== 1) return 0xbf;
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}

/** Code page 932: JIS X 0208, half-width katakana, NEC and IBM extensions, user-defined characters. */
function isShiftJis(bytes: Uint8Array, isWhole: boolean): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80 || (lead >= 0xa1 && lead <= 0xdf)) continue;
    if (lead === 0x80 || lead === 0xa0 || lead > 0xfc) return false;
    const trail = bytes[++at];
    if (trail === undefined) return !isWhole;
    if (trail < 0x40 || trail === 0x7f || trail > 0xfc) return false;
  }
  return true;
}

export type Delimiter = ',' | '\t' | ';';

/** The delimiter that the first lines are cut by most evenly; a comma when none is. Quoted cells are passed over. */
export function detectDelimiter(textPrefix: string): Delimiter {
  const candidates: Delimiter[] = [',', '\t', ';'];
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of candidates) {
    const counts = countsByLine(textPrefix, delimiter).slice(0, 20);
    const [first = 0] = counts;
    const agreeing = counts.filter((count) => count === first).length;
    const score = first === 0 ? 0 : (agreeing / counts.length) * 1_000 + Math.min(first, 100);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function countsByLine(text: string, delimiter: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  let isEmpty = true;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === delimiter) count++;
    else if (character === '\n' || character === '\r') {
      if (!isEmpty) counts.push(count);
      count = 0;
      isEmpty = true;
      continue;
    }
    isEmpty = false;
  }
  // A last line that the prefix cuts would lie about its cells; it counts only when it is all there is.
  if (counts.length === 0 && !isEmpty) counts.push(count);
  return counts;
}
