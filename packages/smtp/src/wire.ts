/**
 * Pairs what was said with what is answered, strictly in order, and gathers what is to be written into flights. A reply
 * that comes before its command has left is not an answer to it. RFC 2920.
 */
import type { Piece } from './commands.ts';
import type { Command, Reason } from './outcome.ts';
import type { Reply } from './reply.ts';
import { ReplyParser } from './reply-parser.ts';
import type { SessionCounts } from './session-end.ts';
import type { Timeouts } from './settings.ts';
import type { TranscriptEntry } from './transcript.ts';

/** A command that waits for its reply. */
export type Expectation = {
  command: Command;
  timeout: keyof Timeouts;
  /** Recipient's index, for RCPT. */
  index: number;
  /** The reply decides nothing: the dot of a message that nobody was accepted for. */
  isIgnored: boolean;
};

export type WireListener = {
  /** The oldest command was answered; `code` tells how, `takeReply()` tells all. */
  onReply(expected: Expectation, code: number): void;
  /** The stream of replies cannot be trusted any more, or a reply came that nothing had asked for. */
  onNonsense(reason: Reason, reply: Reply | undefined, detail: string | undefined): void;
};

export class Wire {
  readonly counts: SessionCounts = {
    transactions: 0,
    completed: 0,
    roundTrips: 0,
    bytesOut: 0,
    bytesIn: 0,
  };
  readonly #parser = new ReplyParser();
  readonly #transcribe:
    | ((direction: TranscriptEntry['direction'], text: string) => void)
    | undefined;
  #pieces: Piece[] = [];
  #expected: Expectation[] = [];
  /** How many of the expected have left. */
  #flown = 0;
  #isDead = false;
  #isUnasked = false;
  #hasHeard = true;

  constructor(transcribe?: (direction: TranscriptEntry['direction'], text: string) => void) {
    this.#transcribe = transcribe;
  }

  /** The command whose reply is awaited, or undefined. */
  get head(): Expectation | undefined {
    return this.#expected[0];
  }

  get outstanding(): number {
    return this.#expected.length;
  }

  /** Nothing is awaited, and no part of a reply has come. */
  get isQuiet(): boolean {
    return this.#expected.length === 0;
  }

  /** A reply has begun and not ended. With nothing awaited it is one that nothing asked for. */
  get isMidReply(): boolean {
    return this.#parser.isMidReply;
  }

  takeReply(): Reply {
    return this.#parser.takeReply();
  }

  /** @param shown what the transcript shows instead of the line, where that is secret */
  say(
    line: Piece,
    command: Command,
    timeout: keyof Timeouts,
    index = 0,
    isIgnored = false,
    shown?: string,
  ): void {
    this.#pieces.push(line);
    this.#expected.push({ command, timeout, index, isIgnored });
    if (this.#transcribe !== undefined)
      this.#transcribe(
        '→',
        shown ?? (typeof line === 'string' ? line : new TextDecoder().decode(line)).trimEnd(),
      );
  }

  /** Adds bytes that are not answered by themselves: content. */
  pour(content: Uint8Array): void {
    this.#pieces.push(content);
    this.#transcribe?.('→', `(${content.length} bytes of content)`);
  }

  /** Expects a reply to what the server does of itself: the greeting. */
  expectGreeting(): void {
    this.#expected.push({ command: 'GREETING', timeout: 'greetingMs', index: 0, isIgnored: false });
    this.#flown = 1;
  }

  /** All that waits to be written, as one flight; undefined where there is nothing. */
  takeFlight(): readonly Piece[] | undefined {
    if (this.#pieces.length === 0) return undefined;
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#flown = this.#expected.length;
    if (this.#hasHeard) this.counts.roundTrips += 1;
    this.#hasHeard = false;
    for (const piece of pieces) this.counts.bytesOut += piece.length;
    return pieces;
  }

  receive(chunk: Uint8Array, listener: WireListener): void {
    this.counts.bytesIn += chunk.length;
    this.#hasHeard = true;
    this.#parser.push(chunk);
    while (!this.#isDead) {
      const event = this.#parser.read();
      if (event === 'more') {
        // It began while nothing was awaited: it answers nothing, whatever is said before it ends.
        this.#isUnasked ||= this.#flown === 0 && this.#parser.isMidReply;
        return;
      }
      if (event !== 'reply') {
        const detail = event === 'garbage' ? this.#parser.takeGarbage() : undefined;
        this.#transcribe?.('←', detail ?? '(a reply without an end)');
        listener.onNonsense(
          event === 'garbage' ? 'garbage-reply' : 'reply-flood',
          undefined,
          detail,
        );
        return;
      }
      if (this.#transcribe !== undefined) this.#transcribe('←', this.takeReply().toString());
      if (this.#flown === 0 || this.#isUnasked) {
        listener.onNonsense('unexpected-reply', this.takeReply(), undefined);
        return;
      }
      this.#flown -= 1;
      listener.onReply(this.#expected.shift() as Expectation, this.#parser.code);
    }
  }

  /** Drops what came in so far (STARTTLS), so that nothing said in plaintext counts under TLS. */
  dropInput(): void {
    this.#isUnasked = false;
    this.#parser.drop();
  }

  /** Nothing is said or heard any more. What was not taken as a flight never leaves. */
  die(): void {
    this.#isDead = true;
    this.#pieces = [];
    this.#expected = [];
    this.#flown = 0;
  }

  note(text: string): void {
    this.#transcribe?.('·', text);
  }
}
