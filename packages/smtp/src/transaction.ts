/**
 * What a caller gives to a session and what it gets back. One shape for one-to-one (one recipient) and bulk (many).
 */
import type { Disposition, Failure } from './outcome.ts';

/** One envelope and its content. */
export type Transaction = {
  /** Without angle brackets; '' is the null sender. */
  mailFrom: string;
  /** At least one. Those that were carried over come first. */
  recipients: readonly string[];
  /** How many of the first recipients were carried over before: a 4yz to them is a refusal this time. */
  carriedOverCount?: number;
  /** Octets as they travel, before stuffing; announced through SIZE. */
  sizeBytes?: number;
  /** The content holds octets above 127: needs 8BITMIME, or is refused with `eight-bit-unsupported`. */
  isEightBit?: boolean;
  /** An address or a header field holds UTF-8: needs SMTPUTF8, or is refused with `smtputf8-unsupported`. */
  isSmtpUtf8?: boolean;
  /**
   * Header and body in CRLF lines, unstuffed, without the end mark. Called once, right before it is written, and not at
   * all where nobody was accepted. A bare CR or LF is turned into CRLF. The array is not kept.
   */
  content: () => Uint8Array;
};

/** What became of one recipient. The fields of Failure tell why, also for `accepted` (scope recipient, reply 250). */
export type RecipientResult = Failure & {
  recipient: string;
  /** Its place in `transaction.recipients`. */
  index: number;
  disposition: Disposition;
};

export type TransactionResult = {
  /** Each recipient comes in exactly one result of its transaction. */
  recipients: RecipientResult[];
  /**
   * False for the early result of a bulk transaction: those refused or carried over in the envelope, told while the
   * content is still to be sent. Exactly one result per transaction is final.
   */
  isFinal: boolean;
  /** 1 for the first transaction of the session. */
  number: number;
  /** Octets of content written, stuffed, without the end mark; 0 where none was. */
  bytes: number;
  timings: TransactionTimings;
};

/** Milliseconds. Undefined where it did not come so far. */
export type TransactionTimings = {
  /** From writing MAIL to the reply to DATA. Behind another message's dot it includes that message's verdict. */
  envelopeMs: number | undefined;
  /** From the reply to DATA to the first byte of content: what the fence cost beyond the round trip. */
  fenceMs: number | undefined;
  /** From writing the end of content to its reply. */
  dotMs: number | undefined;
};

/**
 * The caller's side of a session: the session asks, the caller answers. Nothing is queued inside the session, so back-
 * pressure is exact. A hook that throws or rejects ends the session; what was written stays as told by `settle`.
 */
export interface SessionWork<T extends Transaction = Transaction> {
  /**
   * Asked when the session may carry one more envelope: at the start, and from then on at the moment when the end of a
   * message is about to be written. Answered at once, the envelope (or QUIT) goes into the same flight; a promise that
   * is pending lets the flight go without, and the envelope follows as soon as it is there. While it is pending and
   * nothing is under way, the session is idle, open, and watched for 421 and EOF. Not asked once a limit is reached.
   * An envelope that comes after the session ended is settled as abandoned.
   */
  next(): T | 'quit' | Promise<T | 'quit'>;
  /**
   * Awaited before the bytes that complete the message. With one recipient it is started with the envelope, or as soon
   * as no more than one earlier transaction is unsettled, so that it hides behind the round trip; `accepted` is [0]
   * on trust. With many it is started after the replies to RCPT. `accepted` are indexes into `recipients`.
   * True, or all of `accepted`: go on. False, or fewer: the socket is destroyed, those left out are abandoned and
   * those returned are carried over.
   */
  fence(
    transaction: T,
    accepted: readonly number[],
  ): boolean | readonly number[] | Promise<boolean | readonly number[]>;
  /** The last look, synchronous, right before the bytes that complete the message. False abandons it. */
  mayComplete(transaction: T): boolean;
  /**
   * Called as soon as something is known, in the order of transactions. The promise is back-pressure: no fence is
   * started while more than one earlier transaction is unsettled.
   */
  settle(transaction: T, result: TransactionResult): void | Promise<void>;
}
