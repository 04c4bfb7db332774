/**
 * Cuts the byte stream of one SMTP client into command lines, content and final dots, however it is segmented.
 * Content is handed on as ranges of the chunk it came in: nothing is copied. Only CRLF . CRLF ends content
 * (RFC 5321 §4.1.1.4); a bare LF around a dot does not, or mail could be smuggled.
 */

const END_OF_CONTENT = Buffer.from('\r\n.\r\n', 'latin1');
const LINE_MAX_BYTES = 4096;
const LF = 10;
const CR = 13;

export interface InputSink {
  /** A command line without its line break; `isCrlf` is false when it ended in a bare LF, `null` when it was too long. */
  onLine(line: string | null, isCrlf: boolean): void;
  /** Content bytes `chunk[start, end)`, still dot-stuffed. The last ones end in CRLF, unless there was no content at all. */
  onContent(chunk: Buffer, start: number, end: number): void;
  onDot(): void;
}

export class InputScanner {
  readonly #sink: InputSink;
  #inContent = false;
  #isStopped = false;
  #line: Buffer[] = [];
  #lineBytes = 0;
  /** How many bytes of END_OF_CONTENT the input ends in so far, held back, and how many of them are not content. */
  #matched = 0;
  #virtual = 0;

  constructor(sink: InputSink) {
    this.#sink = sink;
  }

  /** From the next byte on it is message content. Called by the sink while it handles the DATA line. */
  beginContent(): void {
    this.#inContent = true;
    // The CRLF of the DATA line counts as the one before the dot: an empty message is ".CRLF".
    this.#matched = 2;
    this.#virtual = 2;
  }

  /** Everything from the next byte on is dropped, also what is left of the chunk being fed. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Begins anew on a fresh stream, as after STARTTLS: what was half read in plaintext is forgotten (RFC 3207 §4.2). */
  restart(): void {
    this.#isStopped = false;
    this.#inContent = false;
    this.#line = [];
    this.#lineBytes = 0;
  }

  feed(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.#isStopped) {
      at = this.#inContent ? this.#feedContent(chunk, at) : this.#feedLine(chunk, at);
    }
  }

  #feedLine(chunk: Buffer, from: number): number {
    const lf = chunk.indexOf(LF, from);
    if (lf === -1) {
      this.#holdLine(chunk.subarray(from));
      return chunk.length;
    }
    if (this.#lineBytes === 0 && lf - from <= LINE_MAX_BYTES) {
      const isCrlf = lf > from && chunk[lf - 1] === CR;
      this.#sink.onLine(chunk.toString('utf8', from, isCrlf ? lf - 1 : lf), isCrlf);
      return lf + 1;
    }
    this.#holdLine(chunk.subarray(from, lf));
    const isTooLong = this.#lineBytes > LINE_MAX_BYTES;
    const line = isTooLong ? Buffer.alloc(0) : Buffer.concat(this.#line);
    this.#line = [];
    this.#lineBytes = 0;
    const isCrlf = line.at(-1) === CR;
    const text = line.toString('utf8', 0, isCrlf ? line.length - 1 : line.length);
    this.#sink.onLine(isTooLong ? null : text, isCrlf);
    return lf + 1;
  }

  #holdLine(part: Buffer): void {
    this.#lineBytes += part.length;
    if (this.#lineBytes <= LINE_MAX_BYTES) this.#line.push(part);
    else this.#line = [];
  }

  #feedContent(chunk: Buffer, from: number): number {
    let at = from;
    while (this.#matched > 0) {
      if (chunk[at] === END_OF_CONTENT[this.#matched]) {
        at += 1;
        this.#matched += 1;
        if (this.#matched === END_OF_CONTENT.length) {
          this.#emitHeld(2);
          return this.#isStopped ? chunk.length : this.#endContent(at);
        }
        if (at === chunk.length) return at;
      } else if (this.#matched === 4) {
        // "CRLF . CR" then something else: that CR may begin the real end.
        this.#emitHeld(3);
        this.#matched = 1;
      } else {
        this.#emitHeld(this.#matched);
        this.#matched = 0;
      }
      if (this.#isStopped) return chunk.length;
    }
    const end = chunk.indexOf(END_OF_CONTENT, at);
    if (end !== -1) {
      this.#sink.onContent(chunk, at, end + 2);
      return this.#isStopped ? chunk.length : this.#endContent(end + END_OF_CONTENT.length);
    }
    this.#matched = lengthOfPartialEnd(chunk, at);
    if (chunk.length - this.#matched > at)
      this.#sink.onContent(chunk, at, chunk.length - this.#matched);
    return chunk.length;
  }

  #emitHeld(length: number): void {
    if (length > this.#virtual) this.#sink.onContent(END_OF_CONTENT, this.#virtual, length);
    this.#virtual = 0;
  }

  #endContent(next: number): number {
    this.#inContent = false;
    this.#matched = 0;
    this.#virtual = 0;
    this.#sink.onDot();
    return next;
  }
}

function lengthOfPartialEnd(chunk: Buffer, from: number): number {
  const longest = Math.min(END_OF_CONTENT.length - 1, chunk.length - from);
  for (let length = longest; length > 0; length -= 1) {
    if (chunk.compare(END_OF_CONTENT, 0, length, chunk.length - length) === 0) return length;
  }
  return 0;
}
