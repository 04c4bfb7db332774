/**
 * The words in which an outcome is told: what became of each recipient, whose fault it was, whether it may pass.
 * The policy that fills them in is in judge.ts.
 */
import type { Reply } from './reply.ts';

/** The step that an outcome belongs to. CONNECT, TLS, CONTENT and IDLE are steps without a command. */
export type Command =
  | 'CONNECT'
  | 'GREETING'
  | 'EHLO'
  | 'HELO'
  | 'STARTTLS'
  | 'TLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'CONTENT'
  | 'DOT'
  | 'RSET'
  | 'QUIT'
  | 'IDLE';

/** What an outcome says something about: this connection, the whole site, this message, or one recipient. */
export type Scope = 'session' | 'site' | 'message' | 'recipient';

export type Permanence = 'transient' | 'permanent' | 'unknown';

/**
 * - `accepted`: the server took responsibility with a 2yz to the dot.
 * - `refused`: certainly not accepted, and this transaction was the occasion (a 4yz or 5yz, or the connection was lost
 *   or timed out in its own envelope). An attempt.
 * - `unknown`: the bytes that end the message left, and no usable reply came. Never send again by yourself.
 * - `carried-over`: certainly not accepted; put it first into the next transaction. Not an attempt.
 * - `abandoned`: certainly not accepted, and not because of an answer to it: the fence said no, the session ended at an
 *   earlier transaction, or it was drained. Goes back to waiting. Not an attempt.
 */
export type Disposition = 'accepted' | 'refused' | 'unknown' | 'carried-over' | 'abandoned';

/** Why there is an outcome without a reply that explains it. Stable; safe to store. */
export type Reason =
  | 'connection-refused' // TCP refused at connect
  | 'connection-lost' // reset, or a socket error
  | 'connection-closed' // a clean EOF
  | 'host-unreachable'
  | 'timeout'
  | 'garbage-reply' // no code, or a code that cannot answer this command
  | 'reply-flood' // a reply without an end
  | 'unexpected-reply' // a reply that nothing asked for
  | 'tls-required' // not offered, or switched off by a quirk
  | 'tls-failed' // handshake, certificate
  | 'auth-unavailable' // no mechanism in common, or no TLS
  | 'fence-refused'
  | 'fence-failed' // the fence threw
  | 'too-late' // mayComplete said no
  | 'content-failed' // content() threw
  | 'session-ended' // it ended at an earlier transaction
  | 'drained'
  | 'over-recipient-limit' // not written: beyond RCPTMAX or limits.recipientsMax
  | 'address-invalid' // 5.1.3, cannot be put into a command
  | 'eight-bit-unsupported' // 5.6.3
  | 'smtputf8-unsupported' // 5.6.7
  | 'too-big'; // 5.3.4, larger than the SIZE announced

/** What is known of a failure, wherever it happened. */
export type Failure = {
  command: Command;
  scope: Scope;
  permanence: Permanence;
  /** Present where the server said something that decided it. */
  reply?: Reply;
  /** Present where no reply decided it, or where the reply was not a proper answer. */
  reason?: Reason;
  /** The system's or TLS library's code (`ECONNRESET`, `CERT_HAS_EXPIRED`), where there is one. */
  systemCode?: string;
  /** What the server sent instead of a reply, cut; for people to read. */
  detail?: string;
};
