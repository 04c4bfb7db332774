/**
 * The transport port of packages/smtp over a simulated line. It keeps the session's one deadline by the process's
 * monotonic clock, and shows every piece that is written to whoever watches the wire.
 */
import type { Piece, Session, Transport } from '@hikyaku/smtp';
import type { Process } from '../worker/process.ts';
import type { Line } from './line.ts';

export class SimTransport implements Transport {
  readonly #process: Process;
  readonly #watch: TransportWatch;
  #line: Line | undefined;
  #session: Session | undefined;
  #armedMs = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(process: Process, watch: TransportWatch) {
    this.#process = process;
    this.#watch = watch;
  }

  attach(line: Line, session: Session): void {
    this.#line = line;
    this.#session = session;
    // Given up, or killed, while the connection was coming to stand.
    if (this.#isClosed) line.clientCloses();
  }

  readonly now = (): number => this.#process.clock.monoMs;

  write(pieces: readonly Piece[], isPouring: boolean): void {
    if (this.#isClosed) return;
    let flight = '';
    for (const piece of pieces) {
      this.#watch.wrote(piece);
      flight += typeof piece === 'string' ? piece : latin1(piece);
    }
    this.#line?.clientWrites(flight);
    if (isPouring) this.#process.after(5, () => this.touch((session) => session.drained()));
  }

  startTls(): void {
    throw new Error('the simulated network speaks plaintext');
  }

  destroy(): void {
    this.#close();
  }

  end(): void {
    this.#close();
  }

  /** Lets something happen to the session, and keeps its deadline afterwards. */
  touch(what: (session: Session) => void): void {
    const session = this.#session;
    if (session === undefined || session.isOver) return;
    what(session);
    this.arm();
  }

  /** To be called whenever the session may await something else. */
  arm(): void {
    const deadlineMs = this.#session?.deadlineMs ?? Number.POSITIVE_INFINITY;
    if (deadlineMs >= this.#armedMs || deadlineMs === Number.POSITIVE_INFINITY) return;
    this.#armedMs = deadlineMs;
    this.#process.atMono(deadlineMs, () => {
      if (this.#armedMs === deadlineMs) this.#armedMs = Number.POSITIVE_INFINITY;
      const session = this.#session;
      if (session === undefined || session.isOver || this.#isClosed) return;
      // A hair of rounding between two clocks must not make it miss its own deadline.
      if (session.deadlineMs <= this.now() + 0.001) this.touch((late) => late.expire());
      else this.arm();
    });
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#line?.clientCloses();
    this.#watch.closed();
  }
}

export type TransportWatch = { wrote(piece: Piece): void; closed(): void };

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Bytes of latin1 text. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
