/** The socket below a session: reads chunks, writes replies, turns to TLS, and always comes to an end. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { TLSSocket } from 'node:tls';

export class Connection {
  readonly #events: ConnectionEvents;
  #socket: Socket;
  #dripping: Promise<void> = Promise.resolve();
  #isDripping = false;

  constructor(socket: Socket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    this.#listen();
  }

  write(text: string, onFlushed?: () => void): void {
    if (this.#isDripping)
      void this.#dripping.then(() => this.#socket.write(text, 'utf8', onFlushed));
    else this.#socket.write(text, 'utf8', onFlushed);
  }

  /** Writes one byte at a time; what is dripped later waits for what was dripped before. */
  drip(text: string, bytesPerSecond: number, onDone?: () => void): void {
    this.#isDripping = true;
    this.#dripping = this.#dripping.then(async () => {
      for (const byte of Buffer.from(text, 'utf8')) {
        if (this.#socket.destroyed) return;
        this.#socket.write(Buffer.from([byte]));
        await sleep(1000 / bytesPerSecond, undefined, { ref: false });
      }
      onDone?.();
    });
  }

  /** Says goodbye. A client that does not close in its turn must not keep a place among this source's connections. */
  end(): void {
    if (this.#isDripping) void this.#dripping.then(() => this.#close());
    else this.#close();
  }

  watchIdle(idleMaxMs: number): void {
    this.#socket.setTimeout(idleMaxMs, this.#events.onIdle);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  destroyAfter(waitMs: number): void {
    const timer = setTimeout(() => this.#socket.destroy(), waitMs);
    timer.unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  startTls(secureContext: SecureContext): void {
    this.#socket.off('data', this.#events.onChunk).off('end', this.#events.onEnd);
    this.#socket = new TLSSocket(this.#socket, { isServer: true, secureContext });
    this.#listen();
  }

  #close(): void {
    this.#socket.end();
    this.destroyAfter(2000);
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('data', this.#events.onChunk);
    socket.on('end', this.#events.onEnd);
    socket.on('error', () => socket.destroy());
    socket.on('close', this.#events.onClose);
  }
}

interface ConnectionEvents {
  onChunk: (chunk: Buffer) => void;
  /** The client sends no more; it may still read. */
  onEnd: () => void;
  onClose: () => void;
  onIdle: () => void;
}
