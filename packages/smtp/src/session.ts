/**
 * One session over any transport: feeds bytes and losses to the opening and then to the exchange, and keeps the one
 * deadline that is in force. It knows no socket and no clock; both are ports. A deadline covers a whole reply.
 */
import { type Piece, QUIT } from './commands.ts';
import type { ExchangeFacts } from './envelope-writer.ts';
import { Exchange } from './exchange.ts';
import { failureOf } from './judge.ts';
import { type Opened, Opening, type OpeningOptions } from './opening.ts';
import type { Failure, Reason } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { SessionCounts, SessionEnd } from './session-end.ts';
import type { Limits, Timeouts } from './settings.ts';
import type { SessionWork, Transaction } from './transaction.ts';
import type { TranscriptEntry } from './transcript.ts';
import { type Expectation, Wire, type WireListener } from './wire.ts';

/** The other side of a session: a socket, or a test. */
export type Transport = {
  /** Writes one flight. With `isPouring`, `session.drained()` is called when all of it has left. */
  write(pieces: readonly Piece[], isPouring: boolean): void;
  /** Begins TLS; `session.secured()` or `session.lost()` follows. */
  startTls(): void;
  /** Closes at once; what waits to be written is not written. */
  destroy(): void;
  /** Writes out what waits, then closes. */
  end(): void;
  /** Milliseconds, monotonic. */
  now(): number;
};

export type SessionSettings = OpeningOptions & {
  timeouts: Readonly<Timeouts>;
  limits: Limits;
  idleMs: number;
  transcript?: (entry: TranscriptEntry) => void;
};

export type OpeningResult = { ok: true; opened: Opened } | { ok: false; failure: Failure };

export class Session implements WireListener {
  /** When to call `expire()`, by the transport's clock. Infinity: no deadline is in force. */
  deadlineMs = Number.POSITIVE_INFINITY;
  readonly #wire: Wire;
  readonly #transport: Transport;
  readonly #settings: SessionSettings;
  readonly #openedAtMs: number;
  readonly #onOpened: (result: OpeningResult) => void;
  #opening: Opening | undefined;
  #exchange: Exchange<Transaction> | undefined;
  #opened: Opened | undefined;
  #awaited: Expectation | 'idle' | 'partial' | 'tls' | undefined;
  /** How it ended before run() was called. */
  #early: Omit<SessionEnd, 'counts'> | undefined;
  #isOver = false;

  constructor(
    transport: Transport,
    settings: SessionSettings,
    onOpened: (result: OpeningResult) => void,
  ) {
    this.#transport = transport;
    this.#settings = settings;
    this.#openedAtMs = transport.now();
    this.#onOpened = onOpened;
    const { transcript } = settings;
    this.#wire = new Wire(
      transcript &&
        ((direction, text) =>
          transcript({ direction, atMs: Math.round(transport.now() - this.#openedAtMs), text })),
    );
    this.#opening = new Opening(
      this.#wire,
      {
        startTls: () => {
          this.#awaited = 'tls';
          this.deadlineMs = transport.now() + settings.timeouts.tlsMs;
          transport.startTls();
        },
        onReady: (opened) => this.#onReady(opened),
        onFailed: (failure, isPolite) => this.#onFailed(failure, isPolite),
      },
      settings,
    );
  }

  get counts(): SessionCounts {
    return { ...this.#wire.counts };
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The connection stands: the greeting is awaited. */
  connected() {
    this.#wire.note('connected');
    this.#opening?.start();
    this.#arm();
  }

  secured() {
    this.#awaited = undefined;
    this.#wire.note('TLS');
    this.#opening?.secured();
    this.#flush();
    this.#arm();
  }

  /** Bytes from the peer. The array is not kept. */
  received(chunk: Uint8Array) {
    if (this.#isOver || this.#awaited === 'tls') return;
    this.#wire.receive(chunk, this);
    this.#afterInput();
  }

  /** All that waited to be written has left. */
  drained() {
    this.#exchange?.onDrained();
    this.#arm();
  }

  /** The connection is gone. Call it when all that had come in was passed to received(). */
  lost(reason: Reason, systemCode?: string) {
    if (this.#isOver) return;
    this.#wire.note(systemCode === undefined ? reason : `${reason} ${systemCode}`);
    if (this.#awaited === 'tls')
      return this.#onFailed(failureOf('TLS', tlsReason(reason), systemCode), false);
    if (this.#opening !== undefined) this.#opening.onLost(reason, systemCode);
    else if (this.#exchange !== undefined) this.#exchange.onLost(reason, systemCode);
    else this.#endEarly(failureOf('IDLE', reason, systemCode));
  }

  /** The deadline has passed. */
  expire() {
    this.deadlineMs = Number.POSITIVE_INFINITY;
    if (this.#awaited !== 'idle') return this.lost('timeout');
    this.#wire.note('idle limit');
    if (this.#exchange === undefined) {
      this.#endEarly(failureOf('IDLE', 'timeout'));
      return;
    }
    this.#exchange.stop('idle-closed');
    this.#arm();
  }

  /** Drives transactions until the work or the session ends. */
  run<T extends Transaction>(work: SessionWork<T>): Promise<SessionEnd> {
    return new Promise((resolve) => {
      const opened = this.#opened;
      if (this.#early !== undefined || opened === undefined) {
        resolve({ ...(this.#early as Omit<SessionEnd, 'counts'>), counts: this.counts });
        return;
      }
      const { quirks, limits } = this.#settings;
      const facts: ExchangeFacts = { ...opened, quirks, limits, openedAtMs: this.#openedAtMs };
      const exchange = new Exchange<T>(
        this.#wire,
        work,
        {
          now: this.#transport.now,
          // A fence or next() that answers later writes outside of any input: what is awaited has changed all the same.
          flush: () => {
            this.#flush();
            this.#arm();
          },
          destroy: () => this.#transport.destroy(),
          onEnd: (end) => {
            this.#isOver = true;
            this.deadlineMs = Number.POSITIVE_INFINITY;
            this.#wire.note(`ended: ${end.reason}`);
            this.#wire.die();
            this.#transport.end();
            resolve({ ...end, counts: this.counts });
          },
        },
        facts,
      );
      this.#exchange = exchange as unknown as Exchange<Transaction>;
      exchange.pump();
      this.#arm();
    });
  }

  /** Finishes what is under way, then QUIT. */
  drain() {
    if (this.#isOver) return;
    if (this.#opening !== undefined) return this.destroy();
    if (this.#exchange !== undefined) this.#exchange.stop('drained');
    else this.#sayQuit('drained');
    this.#arm();
  }

  destroy() {
    if (this.#isOver) return;
    if (this.#exchange !== undefined) this.#exchange.onDestroyed();
    else if (this.#opening !== undefined) this.#opening.onLost('drained');
    else this.#endEarly(failureOf('IDLE', 'drained'));
  }

  onReply(expected: Expectation, code: number) {
    if (this.#exchange !== undefined) this.#exchange.onReply(expected, code);
    else this.#opening?.onReply(expected, code);
  }

  onNonsense(reason: Reason, reply: Reply | undefined, detail: string | undefined) {
    if (this.#exchange !== undefined) this.#exchange.onNonsense(reason, reply, detail);
    else if (this.#opening !== undefined) this.#opening.onNonsense(reason, reply, detail);
    else this.#endEarly({ ...failureOf('IDLE', reason), reply, detail });
  }

  #afterInput() {
    if (this.#exchange !== undefined) this.#exchange.pump();
    else this.#flush();
    this.#arm();
  }

  #onReady(opened: Opened) {
    this.#opening = undefined;
    this.#opened = opened;
    this.#onOpened({ ok: true, opened });
  }

  #onFailed(failure: Failure, isPolite: boolean) {
    this.#opening = undefined;
    this.#early = { reason: 'lost', canReopen: false, isPipeliningSuspect: false, failure };
    if (isPolite) this.#sayQuit('lost');
    else this.#close();
    this.#onOpened({ ok: false, failure });
  }

  /** QUIT goes out, its answer is not waited for. */
  #sayQuit(reason: SessionEnd['reason']) {
    this.#early ??= { reason, canReopen: true, isPipeliningSuspect: false };
    this.#wire.say(QUIT, 'QUIT', 'quitMs');
    this.#flush();
    this.#isOver = true;
    this.#wire.die();
    this.#transport.end();
    this.deadlineMs = Number.POSITIVE_INFINITY;
  }

  /** An open session ended before run(): a 421, an EOF, or our idle limit. No penalty. */
  #endEarly(failure: Failure) {
    this.#early = { reason: 'idle-closed', canReopen: true, isPipeliningSuspect: false, failure };
    this.#close();
  }

  #close() {
    this.#isOver = true;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    this.#wire.die();
    this.#transport.destroy();
  }

  #flush() {
    const flight = this.#wire.takeFlight();
    if (flight !== undefined) this.#transport.write(flight, this.#exchange?.isPouring === true);
  }

  /** A new deadline where something else is awaited than before; bytes that come in do not move it. */
  #arm() {
    if (this.#isOver || this.#awaited === 'tls') return;
    const head = this.#wire.head ?? this.#stance();
    if (head === this.#awaited) return;
    this.#awaited = head;
    const { timeouts, idleMs } = this.#settings;
    let waitMs = Number.POSITIVE_INFINITY;
    if (head === 'idle') waitMs = idleMs;
    else if (head === 'partial') waitMs = timeouts.dataMs;
    else if (head !== undefined) waitMs = timeouts[head.timeout];
    this.deadlineMs = this.#transport.now() + waitMs;
  }

  #stance(): 'idle' | 'partial' | undefined {
    if (this.#wire.isMidReply) return 'partial';
    if (this.#exchange === undefined) return this.#opened === undefined ? undefined : 'idle';
    return this.#exchange.isIdle ? 'idle' : undefined;
  }
}

function tlsReason(reason: Reason): Reason {
  return reason === 'timeout' ? 'timeout' : 'tls-failed';
}
