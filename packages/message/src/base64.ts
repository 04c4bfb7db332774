/**
 * Base64 of RFC 2045 §6.8, written piece by piece: constant pieces are encoded once for each of the
 * three alignments they can meet, so that a message costs a copy of them and the encoding of its values.
 */
import { ByteWriter } from './byte-writer.ts';

const LINE_MAX = 76;
const CR = 13;
const LF = 10;
const PAD = 61;
const ALPHABET = new Uint8Array(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((character) =>
    character.charCodeAt(0),
  ),
);

// Constants are encoded here and copied out, so that they do not keep a slab each.
const workbench = new ByteWriter();

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
    const { bytes, position } = this.out;
    bytes[position - 1] = PAD;
    if (padded === 1) bytes[position - 2] = PAD;
  }

  private group(bits: number): void {
    if (this.column >= LINE_MAX) this.lineEnd();
    const { out } = this;
    const { bytes } = out;
    bytes[out.position++] = ALPHABET[(bits >> 18) & 63] as number;
    bytes[out.position++] = ALPHABET[(bits >> 12) & 63] as number;
    bytes[out.position++] = ALPHABET[(bits >> 6) & 63] as number;
    bytes[out.position++] = ALPHABET[bits & 63] as number;
    this.column += 4;
  }

  private lineEnd(): void {
    const { out } = this;
    out.reserve(2);
    out.bytes[out.position++] = CR;
    out.bytes[out.position++] = LF;
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

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
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
    const writer = new Base64Writer(workbench);
    writer.write(bytes.subarray(from, to));
    return {
      head: bytes.subarray(0, from),
      body: workbench.take().slice(),
      column: writer.column,
      tail: bytes.subarray(to),
    };
  }
}

const DIGITS = String.fromCharCode(...ALPHABET);

/** Base64 of a few bytes, without line ends. */
export function base64Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const second = left > 1 ? (bytes[at + 1] as number) : 0;
    const third = left > 2 ? (bytes[at + 2] as number) : 0;
    const bits = ((bytes[at] as number) << 16) | (second << 8) | third;
    text += DIGITS.charAt(bits >> 18) + DIGITS.charAt((bits >> 12) & 63);
    text += left > 1 ? DIGITS.charAt((bits >> 6) & 63) : '=';
    text += left > 2 ? DIGITS.charAt(bits & 63) : '=';
  }
  return text;
}
