/**
 * Header fields: encoded words of RFC 2047 and folding of RFC 5322 §2.2.3. Every value is cleaned
 * here once more, so that no caller can put a line end into a header block.
 */
import { base64Text } from './base64.ts';
import { utf8Bytes } from './byte-writer.ts';
import { cleanHeader } from './fields.ts';

const LINE_MAX = 76;
const WORD_OPEN = '=?UTF-8?B?';
const WORD_CLOSE = '?=';

/** `Name: text` with CRLF, for a field whose value is free text (Subject). */
export function unstructuredField(name: string, value: string): string {
  const text = cleanHeader(value);
  const folded = isPlain(text) ? foldAtSpaces(`${name}: ${text}`) : null;
  return `${folded ?? `${name}: ${encodedWords(text, name.length + 2).join('\r\n ')}`}\r\n`;
}

/** `Name: "Display Name" <address>` with CRLF. The address has been checked. */
export function mailboxField(name: string, displayName: string, address: string): string {
  const phrase = displayPhrase(cleanHeader(displayName), name.length + 2);
  if (phrase === '') {
    const isLong = name.length + 2 + address.length + 2 > LINE_MAX;
    return `${name}:${isLong ? '\r\n' : ''} <${address}>\r\n`;
  }
  const lastLine = phrase.includes('\r\n') ? phrase.split('\r\n').at(-1) : `${name}: ${phrase}`;
  const isLong = (lastLine?.length ?? 0) + address.length + 3 > LINE_MAX;
  return `${name}: ${phrase}${isLong ? '\r\n' : ''} <${address}>\r\n`;
}

/** `Tue, 24 Nov 2026 03:04:05 +0000`, RFC 5322 §3.3. */
export function headerDate(epochMs: number): string {
  const second = Math.floor(epochMs / 1_000);
  if (second === lastSecond) return lastDate;
  lastSecond = second;
  // toUTCString is fixed by ECMAScript to this very form, with the obsolete zone name GMT.
  lastDate = new Date(epochMs).toUTCString().replace('GMT', '+0000');
  return lastDate;
}

/** Thousands of messages leave in one second. */
let lastSecond = Number.NaN;
let lastDate = '';

/** Encoded words for a text; the first line begins at `column`, each further line with one space. */
function encodedWords(text: string, column: number): string[] {
  const bytes = utf8Bytes(text);
  const words: string[] = [];
  let room = bytesThatFit(LINE_MAX - column);
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(from + room, bytes.length);
    // RFC 2047 §5: a character is not cut in two. 10xxxxxx goes on with the one before.
    while (to < bytes.length && ((bytes[to] as number) & 0xc0) === 0x80) to--;
    words.push(WORD_OPEN + base64Text(bytes.subarray(from, to)) + WORD_CLOSE);
    from = to;
    room = bytesThatFit(LINE_MAX - 1);
  }
  return words;
}

// An encoded word has at most 75 characters, and a line that holds one at most 76.
function bytesThatFit(columns: number): number {
  const base64 = Math.min(columns, 75) - WORD_OPEN.length - WORD_CLOSE.length;
  return Math.floor(base64 / 4) * 3;
}

// Text that a reader might take for an encoded word is encoded itself.
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('=?');
}

// Null when it cannot be folded without changing it: a word is too long, or spaces stand together
// (readers differ on what a fold between them means).
function foldAtSpaces(line: string): string | null {
  if (line.length <= LINE_MAX) return line;
  if (line.includes('  ')) return null;
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (word.length > LINE_MAX - 1) return null;
    if (current === '') current = word;
    else if (current.length + 1 + word.length <= LINE_MAX) current += ` ${word}`;
    else {
      lines.push(current);
      current = ` ${word}`;
    }
  }
  return [...lines, current].join('\r\n');
}

function displayPhrase(name: string, column: number): string {
  if (name === '') return '';
  if (!isPlain(name) || column + name.length > 60) return encodedWords(name, column).join('\r\n ');
  if (/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(name)) {
    return name;
  }
  return `"${name.replace(/[\\"]/g, '\\$&')}"`;
}
