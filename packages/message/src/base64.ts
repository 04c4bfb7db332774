/**
 * Base64 of RFC 2045 §6.8, written piece by piece: constant pieces are encoded once for each of the
 * three alignments they can meet, so that a message costs a copy of them and the encoding of its values.
 */
import type { ByteWriter } from './byte-writer.ts';

const LINE_MAX = 76;
const CR = 13;
const LF = 10;
const PAD = 61;
const ALPHABET = new Uint8Array(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((character) =>
    character.charCodeAt(0),
  ),
);

/** Writes one body part; `flush` ends it with padding. */
export class Base64Writer {
  column = 0;
  private carry = 0;
  private carried = 0;
  private readonly out: ByteWriter;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  reset(): void {
    this.column = 0;
    this.carry = 0;
    this.carried = 0;
  }

  write(bytes: Uint8Array): void {
    const { out } = this;
    out.reserve(Math.ceil(bytes.length / 3) * 4 + Math.ceil(bytes.length / 57) * 2 + 16);
    let { carry, carried } = this;
    for (let at = 0; at < bytes.length; at++) {
      carry = (carry << 8) | (bytes[at] as number);
      if (++carried < 3) continue;
      this.group(carry);
      carry = 0;
      carried = 0;
    }
    this.carry = carry;
    this.carried = carried;
  }

  writeConstant(constant: Base64Constant): void {
    const { head, body, column, tail } = constant.aligned(this.carried);
    this.write(head);
    if (body.length > 0) {
      if (this.column > 0) this.lineEnd();
      this.out.put(body);
      this.column = column;
    }
    this.write(tail);
  }

  flush(): void {
    if (this.carried === 0) return;
    this.out.reserve(8);
    const bits = this.carried === 1 ? this.carry << 16 : this.carry << 8;
    const padded = this.carried;
    this.carry = 0;
    this.carried = 0;
    this.group(bits);
    const { bytes, length } = this.out;
    bytes[length - 1] = PAD;
    if (padded === 1) bytes[length - 2] = PAD;
  }

  private group(bits: number): void {
    if (this.column >= LINE_MAX) this.lineEnd();
    const { out } = this;
    const { bytes } = out;
    bytes[out.length++] = ALPHABET[(bits >> 18) & 63] as number;
    bytes[out.length++] = ALPHABET[(bits >> 12) & 63] as number;
    bytes[out.length++] = ALPHABET[(bits >> 6) & 63] as number;
    bytes[out.length++] = ALPHABET[bits & 63] as number;
    this.column += 4;
  }

  private lineEnd(): void {
    const { out } = this;
    out.reserve(2);
    out.bytes[out.length++] = CR;
    out.bytes[out.length++] = LF;
    this.column = 0;
  }
}

interface Aligned {
  /** Bytes that complete the group which the text before has begun. */
  readonly head: Uint8Array;
  /** Whole groups, encoded in lines from column 0. */
  readonly body: Uint8Array;
  readonly column: number;
  /** Bytes that begin a group which the text behind completes. */
  readonly tail: Uint8Array;
}

/** Constant bytes, encoded when an alignment is first met. */
export class Base64Constant {
  private readonly bytes: Uint8Array;
  private readonly variants: (Aligned | undefined)[] = [];
  private readonly createWriter: () => ByteWriter;

  constructor(bytes: Uint8Array, createWriter: () => ByteWriter) {
    this.bytes = bytes;
    this.createWriter = createWriter;
  }

  aligned(carried: number): Aligned {
    this.variants[carried] ??= this.align(carried);
    return this.variants[carried];
  }

  private align(carried: number): Aligned {
    const { bytes } = this;
    const from = Math.min((3 - carried) % 3, bytes.length);
    // A short piece is not worth a line of its own.
    const isShort = bytes.length < LINE_MAX;
    const to = isShort ? from : from + Math.floor((bytes.length - from) / 3) * 3;
    const out = this.createWriter();
    const writer = new Base64Writer(out);
    writer.write(bytes.subarray(from, to));
    return {
      head: bytes.subarray(0, from),
      body: out.toBytes(),
      column: writer.column,
      tail: bytes.subarray(to),
    };
  }
}

/** Base64 of a few bytes, without line ends. */
export function base64Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const count = Math.min(3, bytes.length - at) + 1;
    for (let digit = 0; digit < 4; digit++) {
      const code = digit < count ? ALPHABET[(bits >> (18 - digit * 6)) & 63] : PAD;
      text += String.fromCharCode(code as number);
    }
  }
  return text;
}
