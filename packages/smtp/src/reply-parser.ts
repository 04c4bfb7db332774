/**
 * Incremental reply parser: bytes in, replies out, one at a time, the same for any cut of the stream.
 * Accepts bare LF and bare `ddd`; the last line's code decides; what is too long is skipped and the code kept.
 * RFC 5321 §4.2.1.
 */
import { decodeReplyText, Reply } from './reply.ts';

/** What `read()` found: a whole reply, nothing yet, a line that is no reply, or a reply without an end. */
export type ParserEvent = 'reply' | 'more' | 'garbage' | 'flood';

const LINE_MAX_BYTES = 2_048;
const TEXT_MAX_BYTES = 16_384;
const LINES_MAX = 512;
/** Text beyond the cap is skipped, but not for ever. */
const REPLY_MAX_BYTES = 1_048_576;

const CR = 13;
const LF = 10;
const HYPHEN = 45;
const SPACE = 32;
const NO_BYTES = new Uint8Array(0);

/**
 * Usage: `push(chunk)`, then `read()` until it says 'more'. After 'reply', `code` holds its code and `takeReply()` builds it; the
 * text is overwritten by the next `read()`. After 'garbage' or 'flood' the stream cannot be trusted any more.
 */
export class ReplyParser {
  code = 0;
  #chunk: Uint8Array = NO_BYTES;
  #at = 0;
  /** Place in the line: 0–2 in the code, 3 at the separator, 4 in the text. */
  #column = 0;
  #lineCode = 0;
  #isLast = true;
  #lineBytes = 0;
  #lines = 0;
  #replyBytes = 0;
  #text = new Uint8Array(128);
  #textBytes = 0;
  #isCut = false;
  #isFresh = true;
  #hasPendingCr = false;

  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /** True when a part of a reply has come and the rest has not. */
  get isMidReply(): boolean {
    return !this.#isFresh;
  }

  /** Forgets all input that has come: what was said in plaintext must not be read under TLS. */
  drop(): void {
    this.push(NO_BYTES);
    this.#startReply();
    this.#isFresh = true;
  }

  read(): ParserEvent {
    if (this.#isFresh) this.#startReply();
    const chunk = this.#chunk;
    while (this.#at < chunk.length) {
      const byte = chunk[this.#at++] as number;
      this.#isFresh = false;
      if (++this.#replyBytes > REPLY_MAX_BYTES) return 'flood';
      if (byte === LF) {
        if (this.#column < 3) return 'garbage';
        this.code = this.#lineCode;
        if (this.#isLast) {
          this.#isFresh = true;
          return 'reply';
        }
        if (++this.#lines >= LINES_MAX) return 'flood';
        this.#startLine();
      } else if (this.#column >= 4) {
        this.#keep(byte);
      } else if (this.#column === 3) {
        if (byte === CR) {
          this.#column = 4;
          this.#hasPendingCr = true;
        } else if (byte === SPACE || byte === HYPHEN) {
          this.#column = 4;
          this.#isLast = byte === SPACE;
        } else return 'garbage';
      } else {
        const digit = byte - 48;
        // The first digit of a reply code is 2–5; RFC 5321 §4.2.1.
        if (digit < 0 || digit > 9 || (this.#column === 0 && (digit < 2 || digit > 5)))
          return 'garbage';
        this.#lineCode = this.#lineCode * 10 + digit;
        this.#column += 1;
      }
    }
    return 'more';
  }

  /** The reply last read, with its text copied out of the buffer. */
  takeReply(): Reply {
    return new Reply(this.code, this.#text.slice(0, this.#textBytes), this.#isCut);
  }

  /** After 'garbage': the rest of what came instead of a reply, up to 200 bytes, for people to read. */
  takeGarbage(): string {
    const from = Math.max(0, this.#at - 1 - this.#column);
    return decodeReplyText(this.#chunk.subarray(from, from + 200)).trim();
  }

  #keep(byte: number): void {
    // A CR is text unless LF follows: it is held back for one byte.
    if (this.#hasPendingCr) {
      this.#hasPendingCr = false;
      this.#append(CR);
    }
    if (byte === CR) this.#hasPendingCr = true;
    else this.#append(byte);
  }

  #append(byte: number): void {
    if (++this.#lineBytes > LINE_MAX_BYTES || this.#textBytes >= TEXT_MAX_BYTES) {
      this.#isCut = true;
      return;
    }
    if (this.#textBytes === this.#text.length) {
      const larger = new Uint8Array(this.#text.length * 2);
      larger.set(this.#text);
      this.#text = larger;
    }
    this.#text[this.#textBytes++] = byte;
  }

  #startReply(): void {
    this.#textBytes = 0;
    this.#lines = 0;
    this.#replyBytes = 0;
    this.#isCut = false;
    this.#startLine();
    this.#lines = 0;
  }

  #startLine(): void {
    if (this.#lines > 0) {
      this.#lineBytes = 0;
      this.#append(LF);
    }
    this.#column = 0;
    this.#lineCode = 0;
    this.#lineBytes = 0;
    this.#isLast = true;
    this.#hasPendingCr = false;
  }
}
