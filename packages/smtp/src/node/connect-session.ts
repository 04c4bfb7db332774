/**
 * Opens an SMTP session over TCP, with TLS where asked for, up to the point where MAIL may be said.
 */
import type { SecureContextOptions } from 'node:tls';
import type { SessionEnd, SessionFailure, SessionInfo } from '../session-end.ts';
import type { Limits, Quirks, Timeouts } from '../settings.ts';
import type { SessionWork, Transaction } from '../transaction.ts';
import type { TranscriptEntry } from '../transcript.ts';

/**
 * Connects, greets, and secures the session. Never rejects for anything that a network or a server does.
 * With opportunistic TLS a failed handshake is followed by one plaintext connection (see `info.tlsFailure`).
 */
export async function connectSession(_options: ConnectOptions): Promise<ConnectResult> {
  throw new Error('not built yet');
}

export type ConnectResult =
  | { ok: true; session: SmtpSession }
  | { ok: false; failure: SessionFailure };

/** An open session. It belongs to one caller; run() is called at most once. */
export interface SmtpSession {
  readonly info: SessionInfo;
  /** True until it has ended or is ending. */
  readonly isOpen: boolean;
  /** Drives transactions until the work says 'quit' or the session ends. Never rejects. */
  run<T extends Transaction>(work: SessionWork<T>): Promise<SessionEnd>;
  /**
   * Drains: what is under way is finished and settled, nothing more is asked for, QUIT is sent. Resolves when closed.
   * Without run() it just says QUIT.
   */
  close(): Promise<void>;
  /** Ends it now. What is under way becomes unknown where its end was written, abandoned otherwise. */
  destroy(): void;
}

export type ConnectOptions = {
  /** A numeric address, or a name that the system resolves. MX lookup is the caller's. */
  host: string;
  port: number;
  /** Source address. */
  localAddress?: string;
  /** Name for TLS (SNI and certificate): the MX host's name. Default: `host`. */
  servername?: string;
  /** Our own name for EHLO: a full domain name or an address literal. */
  ehloName: string;
  tls: TlsOptions;
  auth?: Auth;
  timeouts?: Partial<Timeouts>;
  quirks?: Quirks;
  limits?: Limits;
  /** How long the session may stay open with a pending `next()`. Default 30 s. */
  idleMs?: number;
  /** Called for each line said. Costs time: for support and tests. */
  transcript?: (entry: TranscriptEntry) => void;
};

export type TlsOptions = {
  /** `required`: without TLS no MAIL is said. `implicit`: TLS from the first byte (port 465), required. */
  mode: 'off' | 'opportunistic' | 'required' | 'implicit';
  /** Default: true with required and implicit, false with opportunistic. */
  rejectUnauthorized?: boolean;
  ca?: SecureContextOptions['ca'];
  minVersion?: SecureContextOptions['minVersion'];
  /** A TLS session kept from an earlier connection to the same host, for resumption. */
  session?: Buffer;
  /** Called with each new TLS session; keep the last per host. */
  onSession?: (session: Buffer) => void;
};

/** For smarthosts. Used only under TLS unless `isPlaintextAllowed`. */
export type Auth = {
  user: string;
  pass: string;
  /** `XOAUTH2`: `pass` is the access token. Default: PLAIN, or LOGIN where only that is offered. */
  mechanism?: 'PLAIN' | 'LOGIN' | 'XOAUTH2';
  isPlaintextAllowed?: boolean;
};
