/**
 * How a session ends, and how one fails to open. Both carry a Failure where something went wrong.
 */
import type { Capabilities } from './capabilities.ts';
import type { Failure } from './outcome.ts';

/**
 * - `quit`: the work said so. `limit`: a limit of ours or of LIMITS was reached. `drained`: close() was called.
 * - `idle-closed`: 421, EOF or reset while nothing was under way, or our own idle limit: open another without penalty.
 * - `abandoned`: a transaction had to be given up, so the socket was destroyed. No fault of the host.
 * - `refused`: 421 to a command. `lost`: EOF, reset or timeout under way. `protocol`: the server's replies cannot be
 *   trusted; turn pipelining off for this host. `work-failed`: a hook of the caller threw.
 */
export type EndReason =
  | 'quit'
  | 'limit'
  | 'drained'
  | 'idle-closed'
  | 'abandoned'
  | 'refused'
  | 'lost'
  | 'protocol'
  | 'work-failed';

export type SessionEnd = {
  reason: EndReason;
  /** Another session may be opened at once, without penalty or back-off. */
  canReopen: boolean;
  /** The next session to this host should not pipeline. */
  isPipeliningSuspect: boolean;
  failure?: Failure;
  /** What a hook of the caller threw, with reason `work-failed`. */
  error?: unknown;
  counts: SessionCounts;
};

export type SessionCounts = {
  /** Transactions of which MAIL was written. */
  transactions: number;
  /** Those with at least one recipient accepted by the dot's reply. */
  completed: number;
  /** Flights: writes that followed upon something read, beginning with the connection. */
  roundTrips: number;
  bytesOut: number;
  bytesIn: number;
};

/** Why a session could not be opened. Never a bounce by itself: the next MX host may do. */
export type SessionFailure = Failure & {
  /** What happened, why, and what to do, in one English sentence for logs. */
  message: string;
  counts: SessionCounts;
};

/** What is known of an open session. */
export type SessionInfo = {
  /** The numeric address and port connected to. */
  remoteAddress: string;
  remotePort: number;
  localAddress: string;
  /** Text of the greeting. */
  greeting: string;
  capabilities: Capabilities;
  isPipelining: boolean;
  tls: { protocol: string; cipher: string; isVerified: boolean; isResumed: boolean } | undefined;
  /** Opportunistic TLS failed and this is a second, plaintext connection. Remember it for a while (`isStartTlsOff`). */
  tlsFailure: Failure | undefined;
  /** Milliseconds until the session was ready for MAIL. */
  openedInMs: number;
};
