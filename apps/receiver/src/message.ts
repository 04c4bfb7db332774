/**
 * One transaction as it comes in: envelope, the beginning of the content for its headers, and the whole content only
 * where somebody wants to keep it. Chunks are referenced, not copied.
 */

/** Enough for the headers we look for; a message with a longer header is taken, without them. */
const HEAD_MAX_BYTES = 65_536;
const END_OF_HEADER = Buffer.from('\r\n\r\n', 'latin1');
const MESSAGE_ID = /^message-id:[ \t]*(?:\r\n[ \t]+)?([^\r\n]*)/im;
const DELIVERY_ID = /^x-hikyaku-delivery:[ \t]*(?:\r\n[ \t]+)?([^\r\n]*)/im;

export class Message {
  readonly mailFrom: string;
  readonly transaction: number;
  readonly isUtf8: boolean;
  readonly recipients: string[] = [];
  bytes = 0;
  readonly #isKept: boolean;
  #parts: Buffer[] = [];
  #head: string | null = null;

  constructor(envelope: {
    mailFrom: string;
    transaction: number;
    isUtf8: boolean;
    isKept: boolean;
  }) {
    this.mailFrom = envelope.mailFrom;
    this.transaction = envelope.transaction;
    this.isUtf8 = envelope.isUtf8;
    this.#isKept = envelope.isKept;
  }

  addContent(chunk: Buffer, start: number, end: number): void {
    const before = this.bytes;
    this.bytes += end - start;
    if (this.#isKept) this.#parts.push(chunk.subarray(start, end));
    if (this.#head !== null) return;
    if (before === 0) {
      const headEnd = chunk.indexOf(END_OF_HEADER, start);
      if (headEnd !== -1 && headEnd < end) {
        this.#head = chunk.toString('latin1', start, headEnd);
        return;
      }
    }
    if (!this.#isKept) this.#parts.push(chunk.subarray(start, end));
    if (before === 0 && this.bytes < HEAD_MAX_BYTES) return;
    const gathered = Buffer.concat(this.#parts);
    const headEnd = gathered.indexOf(END_OF_HEADER);
    if (headEnd === -1 && this.bytes < HEAD_MAX_BYTES) {
      this.#parts = [gathered];
      return;
    }
    this.#head = headEnd === -1 ? '' : gathered.toString('latin1', 0, headEnd);
    this.#parts = this.#isKept ? [gathered] : [];
  }

  get messageId(): string | null {
    return this.#header(MESSAGE_ID);
  }

  get deliveryId(): string | null {
    return this.#header(DELIVERY_ID);
  }

  /** The message as it was before dot-stuffing. Only where it is kept. */
  content(): Buffer {
    const stuffed = Buffer.concat(this.#parts).toString('latin1');
    const text = stuffed.startsWith('..') ? stuffed.slice(1) : stuffed;
    return Buffer.from(text.replaceAll('\r\n..', '\r\n.'), 'latin1');
  }

  #header(pattern: RegExp): string | null {
    // A message of headers alone never meets the blank line.
    const head = this.#head ?? Buffer.concat(this.#parts).toString('latin1');
    return pattern.exec(head)?.[1]?.trim() ?? null;
  }
}
