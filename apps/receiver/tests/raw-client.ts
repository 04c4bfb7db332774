/** A client without manners of its own: writes what it is told, and reads whole replies. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export class RawClient {
  readonly socket: Socket;
  /** How the connection ended: null while it is open, 'end', or an error code. */
  ended: string | null = null;
  #text = '';
  #wake: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#text += text;
      this.#notify();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.ended ??= error.code ?? 'error';
      this.#notify();
    });
    socket.on('end', () => {
      this.ended ??= 'end';
      this.#notify();
    });
    socket.on('close', () => {
      this.ended ??= 'end';
      this.#notify();
    });
  }

  static async open(port: number, localAddress?: string): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    const client = new RawClient(socket);
    await once(socket, 'connect').catch(() => undefined);
    return client;
  }

  /** Opens, reads the greeting, says EHLO and reads its reply. */
  static async greeted(port: number): Promise<RawClient> {
    const client = await RawClient.open(port);
    await client.reply();
    await client.ask('EHLO client.test\r\n');
    return client;
  }

  write(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  /** Writes and reads one reply. */
  async ask(command: string): Promise<string> {
    this.write(command);
    return this.reply();
  }

  /** Sends one whole message after its envelope was accepted; returns the reply to the dot. */
  async send(to: string, content = 'Subject: x\r\n\r\nhello\r\n'): Promise<string> {
    this.write(`MAIL FROM:<v@hikyaku.test>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
    await this.replies(3);
    return this.ask(`${content}.\r\n`);
  }

  async replies(count: number): Promise<string[]> {
    const replies: string[] = [];
    while (replies.length < count) replies.push(await this.reply());
    return replies;
  }

  /** One whole reply, lines joined by `|`. Throws when the connection ends or nothing comes for `waitMs`. */
  async reply(waitMs = 15_000): Promise<string> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const match = /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/.exec(this.#text);
      if (match) {
        this.#text = this.#text.slice(match[0].length);
        return match[0].trimEnd().replaceAll('\r\n', '|');
      }
      if (this.ended !== null) throw new Error(`connection ended: ${this.ended}`);
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error('no reply');
      await this.#change(leftMs);
    }
  }

  /** Resolves with how the connection ended. */
  async end(waitMs = 15_000): Promise<string> {
    const deadline = performance.now() + waitMs;
    while (this.ended === null) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error('the connection is still open');
      await this.#change(leftMs);
    }
    return this.ended;
  }

  close(): void {
    this.socket.destroy();
  }

  async #change(waitMs: number): Promise<void> {
    await Promise.race([
      new Promise<void>((resolve) => this.#wake.push(resolve)),
      sleep(waitMs, undefined, { ref: false }),
    ]);
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resume of wake) resume();
  }
}

/** Polls until `look` gives something true, for at most `waitMs`. */
export async function eventually<T>(look: () => Promise<T> | T, waitMs = 15_000): Promise<T> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const seen = await look();
    if (seen || performance.now() > deadline) return seen;
    await sleep(20);
  }
}
