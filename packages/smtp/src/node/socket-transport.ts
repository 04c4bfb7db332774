/**
 * The transport over a TCP socket, upgraded to TLS where the session asks for it. One write per flight; all sockets read
 * into one buffer, because a session keeps nothing of what it is given.
 */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Piece } from '../commands.ts';
import type { Reason } from '../outcome.ts';
import type { Session, Transport } from '../session.ts';
import type { Timeouts } from '../settings.ts';
import type { ConnectOptions } from './connect-session.ts';
import { addSwept, dropSwept, type Swept } from './deadline-sweep.ts';

const READ_BYTES = 65_536;
const readBuffer = Buffer.allocUnsafeSlow(READ_BYTES);
/**
 * Where flights are put together, of all sockets: a socket that is not congested has handed its flight to the kernel when write()
 * returns. One of its own for each message would be garbage outside of the heap, which costs more to collect than to fill.
 */
const FLIGHT_BYTES = 32_768;
let flightBuffer = Buffer.allocUnsafeSlow(FLIGHT_BYTES);
/** Large content leaves in slices, so that progress can be seen. */
const SLICE_BYTES = 65_536;

export class SocketTransport implements Transport, Swept {
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  readonly now = (): number => performance.now();
  readonly #options: ConnectOptions;
  readonly #timeouts: Readonly<Timeouts>;
  readonly #raw: Socket;
  #socket: Socket;
  #session: Session | undefined;
  #connectByMs: number;
  #closeByMs = Number.POSITIVE_INFINITY;
  #waitingBytes = 0;
  #progressAtMs = 0;
  /** What ended the connection before a session was there to be told. */
  #onConnectFailed: ((reason: Reason, systemCode?: string) => void) | undefined;

  constructor(options: ConnectOptions, timeouts: Readonly<Timeouts>) {
    this.#options = options;
    this.#timeouts = timeouts;
    this.#connectByMs = this.now() + timeouts.connectMs;
    this.#raw = connectTcp({
      host: options.host,
      port: options.port,
      localAddress: options.localAddress,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (bytes) => {
          this.#session?.received(readBuffer.subarray(0, bytes));
          return true;
        },
      },
    });
    this.#socket = this.#raw;
    this.closed = new Promise((resolve) => this.#raw.once('close', () => resolve()));
    this.#listen(this.#raw);
    this.#raw.once('close', () => dropSwept(this));
    addSwept(this);
    options.signal?.addEventListener('abort', () => this.#abort(), { once: true });
  }

  /** Waits for TCP, and for TLS too where it is implicit. */
  connected(): Promise<
    { ok: true } | { ok: false; reason: Reason; systemCode?: string; isTls: boolean }
  > {
    return new Promise((resolve) => {
      let isTls = false;
      this.#onConnectFailed = (reason, systemCode) => {
        resolve({ ok: false, reason, systemCode, isTls });
        this.destroy();
      };
      const done = () => {
        this.#connectByMs = Number.POSITIVE_INFINITY;
        this.#onConnectFailed = undefined;
        resolve({ ok: true });
      };
      this.#raw.once('connect', () => {
        if (this.#options.tls.mode !== 'implicit') return done();
        isTls = true;
        this.#connectByMs = this.now() + this.#timeouts.tlsMs;
        this.#secure(done);
      });
    });
  }

  attach(session: Session) {
    this.#session = session;
  }

  get socket(): Socket {
    return this.#socket;
  }

  get tls(): TLSSocket | undefined {
    return this.#socket === this.#raw ? undefined : (this.#socket as TLSSocket);
  }

  write(pieces: readonly Piece[], isPouring: boolean) {
    if (this.#socket.destroyed) return;
    const length = lengthOf(pieces);
    const isShared = !isPouring && length <= FLIGHT_BYTES && this.tls === undefined;
    const flight = join(
      pieces,
      isShared ? flightBuffer.subarray(0, length) : Buffer.allocUnsafe(length),
    );
    if (isPouring) this.#writeSlices(flight, 0);
    else this.#socket.write(flight);
    // What the kernel did not take at once waits where it is.
    if (isShared && this.#socket.writableLength > 0)
      flightBuffer = Buffer.allocUnsafeSlow(FLIGHT_BYTES);
  }

  #writeSlices(flight: Buffer, from: number) {
    const to = Math.min(from + SLICE_BYTES, flight.length);
    this.#socket.write(flight.subarray(from, to), (error) => {
      if (error) return;
      if (to < flight.length) this.#writeSlices(flight, to);
      else this.#session?.drained();
    });
  }

  startTls() {
    this.#secure(() => this.#session?.secured());
  }

  destroy() {
    this.#socket.destroy();
    this.#raw.destroy();
  }

  end() {
    if (this.#socket.destroyed) return;
    this.#closeByMs = this.now() + this.#timeouts.quitMs;
    this.#socket.end();
  }

  /** Called about every 50 ms: connect, block and close deadlines are kept here, the session's own is passed on. */
  sweep(nowMs: number) {
    if (nowMs >= this.#connectByMs) this.#onConnectFailed?.('timeout');
    if (nowMs >= this.#closeByMs) this.destroy();
    const session = this.#session;
    if (session === undefined || session.isOver) return;
    const waiting = this.#socket.writableLength;
    if (waiting > 0) {
      if (waiting !== this.#waitingBytes) this.#progressAtMs = nowMs;
      this.#waitingBytes = waiting;
      if (nowMs - this.#progressAtMs >= this.#timeouts.blockMs) session.lost('timeout');
      // A reply cannot be late while what it answers has not left.
      return;
    }
    this.#waitingBytes = 0;
    if (nowMs >= session.deadlineMs) session.expire();
  }

  #secure(onSecured: () => void) {
    const { tls, host, servername = host } = this.#options;
    const secure = connectTls({
      socket: this.#raw,
      // What the certificate must name; SNI may not carry an address.
      host: servername,
      servername: isIP(servername) === 0 ? servername : undefined,
      rejectUnauthorized: tls.rejectUnauthorized ?? tls.mode !== 'opportunistic',
      ca: tls.ca,
      minVersion: tls.minVersion,
      session: tls.session,
    });
    this.#socket = secure;
    if (tls.onSession !== undefined) secure.on('session', tls.onSession);
    secure.on('data', (chunk: Buffer) => this.#session?.received(chunk));
    secure.once('secureConnect', onSecured);
    this.#listen(secure);
  }

  #listen(socket: Socket) {
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (socket === this.#socket) this.#lost(reasonOf(error.code), error.code);
    });
    socket.on('end', () => {
      if (socket === this.#socket) this.#lost('connection-closed');
    });
    socket.on('close', () => {
      if (socket === this.#socket) this.#lost('connection-lost');
    });
  }

  #abort() {
    if (this.#onConnectFailed !== undefined) this.#onConnectFailed('drained');
    else if (this.#session !== undefined) this.#session.destroy();
    else this.destroy();
  }

  #lost(reason: Reason, systemCode?: string) {
    if (this.#onConnectFailed !== undefined) this.#onConnectFailed(reason, systemCode);
    else this.#session?.lost(reason, systemCode);
  }
}

function lengthOf(pieces: readonly Piece[]): number {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  return length;
}

/** `flight`: of their length. */
function join(pieces: readonly Piece[], flight: Buffer): Buffer {
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') flight.write(piece, at, 'latin1');
    else flight.set(piece, at);
    at += piece.length;
  }
  return flight;
}

function reasonOf(code: string | undefined): Reason {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return 'connection-lost';
    case 'ETIMEDOUT':
      return 'timeout';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EACCES':
      return 'host-unreachable';
    default:
      return 'connection-lost';
  }
}
