/**
 * Where messages are written, one behind the other, into slabs of memory: a message is a view of its
 * slab, so that none is copied or cleared by itself. A slab lives as long as one of its messages.
 */
const encoder = new TextEncoder();
const SLAB_BYTES = 262_144;
const LINE_END = encoder.encode('\r\n');

export class ByteWriter {
  /** The slab; `position` is where the next byte goes. Make room with `reserve` first. */
  bytes: Uint8Array = new Uint8Array(0);
  position = 0;
  private start = 0;

  /** Makes room for `count` more bytes; a message that does not fit moves to a new slab. */
  reserve(count: number): void {
    if (this.position + count <= this.bytes.length) return;
    const begun = this.bytes.subarray(this.start, this.position);
    const slab = new Uint8Array(Math.max(SLAB_BYTES, (begun.length + count) * 2));
    slab.set(begun);
    this.bytes = slab;
    this.position = begun.length;
    this.start = 0;
  }

  /** Begins a message, dropping one that was begun and not taken. */
  begin(): void {
    this.position = this.start;
  }

  /** Ends the message: a view that nobody writes into again. */
  take(): Uint8Array {
    const message = this.bytes.subarray(this.start, this.position);
    this.start = this.position;
    return message;
  }

  /** Writes text that the caller knows to be ASCII. */
  ascii(text: string): void {
    this.reserve(text.length);
    const { written } = encoder.encodeInto(text, this.bytes.subarray(this.position));
    if (written !== text.length) throw new Error('only ASCII can be written as it is');
    this.position += written;
  }

  /** Ends a line that has been begun. */
  endLine(): void {
    if (this.bytes[this.position - 1] !== 10) this.put(LINE_END);
  }

  put(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.position);
    this.position += bytes.length;
  }
}

/** UTF-8 of a text, with CRLF line ends. */
export function canonicalBytes(text: string): Uint8Array {
  return encoder.encode(withCrlf(text));
}

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

const scratch = new Uint8Array(4_096);

/** As canonicalBytes, for values that are used up before the next call: usually no new memory. */
export function scratchBytes(text: string): Uint8Array {
  const canonical = withCrlf(text);
  if (canonical.length * 3 > scratch.length) return encoder.encode(canonical);
  const { written } = encoder.encodeInto(canonical, scratch);
  return scratch.subarray(0, written);
}

function withCrlf(text: string): string {
  return text.includes('\n') ? text.replace(/\n/g, '\r\n') : text;
}
