/**
 * Quoted-printable of RFC 2045 §6.7, written piece by piece. A soft break may stand anywhere, so a
 * constant piece is encoded once, from column 0, and set behind a soft break.
 *
 * Beyond the RFC: no line begins with a dot (servers that stuff dots wrongly) or with `From `
 * (mailboxes that put a `>` before it, and so break signatures), and no character is cut by a break.
 */
import { ByteWriter } from './byte-writer.ts';

const LINE_MAX = 76;
const CR = 13;
const LF = 10;
const TAB = 9;
const SPACE = 32;
const DOT = 46;
const EQUALS = 61;
const F = 70;
const HEX = new Uint8Array([...'0123456789ABCDEF'].map((digit) => digit.charCodeAt(0)));

export class QuotedPrintableWriter {
  column = 0;
  private readonly out: ByteWriter;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  reset(): void {
    this.column = 0;
  }

  /** Bytes with CRLF line ends. White space at the end is encoded: a line end may follow. */
  write(bytes: Uint8Array): void {
    const { out } = this;
    if (this.column > 0 && this.column + bytes.length < LINE_MAX && isPlain(bytes)) {
      out.put(bytes);
      this.column += bytes.length;
      return;
    }
    // Worst case: three characters for a byte, and a soft break for every 20 of them.
    out.reserve(bytes.length * 4 + 16);
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === CR && bytes[at + 1] === LF) {
        out.bytes[out.position++] = CR;
        out.bytes[out.position++] = LF;
        this.column = 0;
        at++;
        continue;
      }
      const isEncoded = byte < SPACE || byte > 126 || byte === EQUALS || this.isRisky(bytes, at);
      const width = isEncoded ? 3 * sequenceLength(byte) : 1;
      if (this.column + width > LINE_MAX - 1) this.softBreak();
      // Asked again, because the break may just have made this the first character of a line.
      if (isEncoded || this.isRisky(bytes, at)) this.hex(byte);
      else {
        out.bytes[out.position++] = byte;
        this.column++;
      }
    }
  }

  /** A piece that was encoded by itself from column 0. */
  writeConstant(constant: QuotedPrintableConstant): void {
    if (constant.encoded.length === 0) return;
    if (this.column > 0) this.softBreak();
    this.out.put(constant.encoded);
    this.column = constant.column;
  }

  private isRisky(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at];
    if (byte === SPACE || byte === TAB) {
      return byte === TAB || at + 1 === bytes.length || bytes[at + 1] === CR;
    }
    return this.column === 0 && (byte === DOT || byte === F);
  }

  private hex(byte: number): void {
    const { out } = this;
    out.bytes[out.position++] = EQUALS;
    out.bytes[out.position++] = HEX[byte >> 4] as number;
    out.bytes[out.position++] = HEX[byte & 15] as number;
    this.column += 3;
  }

  private softBreak(): void {
    const { out } = this;
    out.reserve(3);
    out.bytes[out.position++] = EQUALS;
    out.bytes[out.position++] = CR;
    out.bytes[out.position++] = LF;
    this.column = 0;
  }
}

export interface QuotedPrintableConstant {
  readonly encoded: Uint8Array;
  /** Where its last line ends. */
  readonly column: number;
}

// Constants are encoded here and copied out, so that they do not keep a slab each.
const workbench = new ByteWriter();

/** Encodes a constant piece from column 0. */
export function quotedPrintableConstant(bytes: Uint8Array): QuotedPrintableConstant {
  const writer = new QuotedPrintableWriter(workbench);
  writer.write(bytes);
  return { encoded: workbench.take().slice(), column: writer.column };
}

// Whether they stand for themselves anywhere but at the beginning of a line: names and numbers mostly do.
function isPlain(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte < SPACE || byte > 126 || byte === EQUALS) return false;
  }
  return bytes[bytes.length - 1] !== SPACE;
}

// Bytes of the UTF-8 sequence that a lead byte begins; a continuation byte counts as one, because
// room for it was made with its lead.
function sequenceLength(byte: number): number {
  if (byte < 0xc0) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}
