/** A growing buffer for the bytes of one message after the other. ASCII and bytes only. */
const encoder = new TextEncoder();

export class ByteWriter {
  bytes: Uint8Array = new Uint8Array(16_384);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** Writes text that the caller knows to be ASCII. */
  ascii(text: string): void {
    this.reserve(text.length);
    const { written } = encoder.encodeInto(text, this.bytes.subarray(this.length));
    if (written !== text.length) throw new Error('only ASCII can be written as it is');
    this.length += written;
  }

  put(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** UTF-8 of a text, with CRLF line ends. */
export function canonicalBytes(text: string): Uint8Array {
  return encoder.encode(text.includes('\n') ? text.replace(/\n/g, '\r\n') : text);
}

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text);
}
