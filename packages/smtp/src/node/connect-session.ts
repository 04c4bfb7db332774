/**
 * Opens an SMTP session over TCP, with TLS where asked for, up to the point where MAIL may be said.
 */
import type { SecureContextOptions } from 'node:tls';
import { isEhloName } from '../address.ts';
import { failureOf } from '../judge.ts';
import type { Auth, Opened } from '../opening.ts';
import type { Failure } from '../outcome.ts';
import { Session, type SessionSettings } from '../session.ts';
import type { SessionCounts, SessionEnd, SessionFailure, SessionInfo } from '../session-end.ts';
import { defaultTimeouts, type Limits, type Quirks, type Timeouts } from '../settings.ts';
import type { SessionWork, Transaction } from '../transaction.ts';
import type { TranscriptEntry } from '../transcript.ts';
import { describe, noCounts } from './describe-failure.ts';
import { SocketTransport } from './socket-transport.ts';

/**
 * Connects, greets, and secures the session. Never rejects for anything that a network or a server does; throws TypeError
 * for an `ehloName` that cannot be said. With opportunistic TLS a failed handshake is followed by one plaintext connection
 * (see `info.tlsFailure`).
 */
export async function connectSession(options: ConnectOptions): Promise<ConnectResult> {
  if (!isEhloName(options.ehloName))
    throw new TypeError(
      'ehloName must be a domain name or an address literal, such as mail.example.jp',
    );
  const first = await connectOnce(options, undefined);
  const isRetried =
    !first.ok &&
    first.failure.command === 'TLS' &&
    options.tls.mode === 'opportunistic' &&
    options.signal?.aborted !== true;
  if (!isRetried) return first;
  // RFC 7435: opportunistic means better plaintext than no mail; nothing but the hello has been said so far.
  return connectOnce({ ...options, tls: { ...options.tls, mode: 'off' } }, first.failure);
}

async function connectOnce(
  options: ConnectOptions,
  tlsFailure: Failure | undefined,
): Promise<ConnectResult> {
  const startedMs = performance.now();
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const transport = new SocketTransport(options, timeouts);
  const connected = await transport.connected();
  if (!connected.ok) {
    const failure = failureOf(
      connected.isTls ? 'TLS' : 'CONNECT',
      connected.isTls && connected.reason !== 'timeout' ? 'tls-failed' : connected.reason,
      connected.systemCode,
    );
    return { ok: false, failure: describe(options, failure, noCounts) };
  }
  return new Promise((resolve) => {
    const session = new Session(transport, settingsOf(options, timeouts), (result) => {
      if (result.ok) {
        const info = infoOf(transport, result.opened, tlsFailure, performance.now() - startedMs);
        resolve({ ok: true, session: new NodeSession(session, transport, info) });
      } else resolve({ ok: false, failure: describe(options, result.failure, session.counts) });
    });
    transport.attach(session);
    session.connected();
  });
}

function settingsOf(options: ConnectOptions, timeouts: Timeouts): SessionSettings {
  return {
    ehloName: options.ehloName,
    tlsMode: options.tls.mode,
    auth: options.auth,
    quirks: options.quirks ?? {},
    limits: options.limits ?? {},
    timeouts,
    idleMs: options.idleMs ?? 30_000,
    transcript: options.transcript,
  };
}

function infoOf(
  transport: SocketTransport,
  opened: Opened,
  tlsFailure: Failure | undefined,
  openedInMs: number,
): SessionInfo {
  const { socket, tls } = transport;
  return {
    remoteAddress: socket.remoteAddress ?? '',
    remotePort: socket.remotePort ?? 0,
    localAddress: socket.localAddress ?? '',
    greeting: opened.greeting,
    capabilities: opened.capabilities,
    isPipelining: opened.isPipelining,
    tls: tls && {
      protocol: tls.getProtocol() ?? '',
      cipher: tls.getCipher()?.name ?? '',
      isVerified: tls.authorized,
      isResumed: tls.isSessionReused(),
    },
    tlsFailure,
    openedInMs,
  };
}

class NodeSession implements SmtpSession {
  readonly info: SessionInfo;
  readonly #session: Session;
  readonly #transport: SocketTransport;
  #hasRun = false;

  constructor(session: Session, transport: SocketTransport, info: SessionInfo) {
    this.#session = session;
    this.#transport = transport;
    this.info = info;
  }

  get isOpen(): boolean {
    return !this.#session.isOver;
  }

  get counts(): SessionCounts {
    return this.#session.counts;
  }

  run<T extends Transaction>(work: SessionWork<T>): Promise<SessionEnd> {
    if (this.#hasRun) throw new TypeError('run() of an SMTP session is called once');
    this.#hasRun = true;
    return this.#session.run(work);
  }

  close(): Promise<void> {
    this.#session.drain();
    return this.#transport.closed;
  }

  destroy(): void {
    this.#session.destroy();
  }
}

export type ConnectResult =
  | { ok: true; session: SmtpSession }
  | { ok: false; failure: SessionFailure };

/** An open session. It belongs to one caller; run() is called at most once. */
export interface SmtpSession {
  readonly info: SessionInfo;
  /** True until it has ended or is ending. */
  readonly isOpen: boolean;
  /** So far. */
  readonly counts: SessionCounts;
  /**
   * Drives transactions until the work says 'quit' or the session ends, and all is settled. Never rejects. The socket may
   * still be closing: close() waits for that.
   */
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
  /** Ends it at once, as destroy() does, also while it is still being opened (failure reason `drained`). */
  signal?: AbortSignal;
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
