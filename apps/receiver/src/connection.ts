/** The socket below a session: reads chunks, writes replies, turns to TLS, and always comes to an end. */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { TLSSocket } from 'node:tls';

export class Connection {
  readonly #events: ConnectionEvents;
  #socket: Socket;

  constructor(socket: Socket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    this.#listen();
  }

  write(text: string, onFlushed?: () => void): void {
    this.#socket.write(text, 'utf8', onFlushed);
  }

  /** Says goodbye. A client that does not close in its turn must not keep a place among this source's connections. */
  end(): void {
    this.#socket.end();
    this.destroyAfter(2000);
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
}
