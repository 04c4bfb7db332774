/**
 * An SMTP server on a real socket that does what a test tells it, right or wrong. It parses on its own, shares no code with
 * the client, and counts flights: how often something came in after something had been said.
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { testCertificate, testKey } from './test-certificate.ts';

/** What the peer is asked: the greeting, a command line (without CRLF), or a whole message behind DATA. */
export type PeerEvent = {
  kind: 'greeting' | 'command' | 'message';
  /** In capitals; 'MESSAGE' and 'GREETING' for the other kinds. */
  verb: string;
  line: string;
  /** The envelope as accepted so far. */
  mailFrom: string | undefined;
  recipients: readonly string[];
  /** Unstuffed, without the end mark. */
  content: Buffer;
  /** 1 for the first connection of the peer. */
  connection: number;
  /** Messages answered with 2yz in this connection. */
  messages: number;
  /** Commands of this verb in this connection, with this one. */
  nth: number;
  /** Resolves when this connection is gone. */
  closed: Promise<void>;
};

/** A reply with its CRLF added, raw bytes, what to do, or undefined for what a good server would say. */
export type PeerAnswer = string | Buffer | PeerAct | undefined;

export type PeerAct = {
  /** With 354: after so many more bytes, say this and do that, whatever the client is saying. */
  interrupt?: { afterBytes: number; reply: string; after?: 'close' | 'reset' };
  reply?: string | Buffer;
  waitMs?: number;
  /** After the reply. `silence`: never say anything more. `junk-tls`: answer the handshake with rubbish. */
  after?: 'close' | 'reset' | 'silence' | 'stop-reading' | 'junk-tls';
};

export type PeerManner = (event: PeerEvent) => PeerAnswer | Promise<PeerAnswer>;

export type ScriptedPeerOptions = {
  /** Lines of the EHLO reply behind the name. Default: PIPELINING, 8BITMIME, SIZE 10485760, ENHANCEDSTATUSCODES. */
  extensions?: readonly string[];
  manner?: PeerManner;
  /** How replies are cut: each in one write, byte by byte in segments of their own, or all that are due in one. */
  segments?: 'whole' | 'bytes' | 'merged';
  hasStartTls?: boolean;
  /** Shown after STARTTLS; default: the good one of tests. */
  certificate?: { key: string; cert: string };
};

export type PeerMessage = {
  mailFrom: string;
  recipients: string[];
  content: Buffer;
  connection: number;
};

export class ScriptedPeer {
  /** Messages that were answered with 2yz. */
  readonly messages: PeerMessage[] = [];
  /** Every command line received, in order, over all connections; message ends appear as `.`. */
  readonly lines: string[] = [];
  connections = 0;
  /** Flights received over all connections. */
  flights = 0;
  readonly #options: ScriptedPeerOptions;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(options: ScriptedPeerOptions = {}) {
    this.#options = options;
  }

  get port(): number {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (address == null) throw new Error('the scripted peer has not been started');
    return address.port;
  }

  get open(): number {
    return this.#sockets.size;
  }

  async start(): Promise<this> {
    const server = createServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      new PeerConnection(this, socket, this.#options, this.connections).begin();
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** Sends bytes to every open connection, unasked. */
  drip(bytes: string): void {
    for (const socket of this.#sockets) if (!socket.destroyed) socket.write(bytes);
  }

  /** Says a last word to every open connection, unasked, and closes it; or resets it. */
  hangUp(word = '', isReset = false): void {
    for (const socket of this.#sockets) {
      if (isReset) socket.resetAndDestroy();
      else socket.end(word);
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts one. End it with stop(), or let `await using` do so. */
export function startScriptedPeer(options: ScriptedPeerOptions = {}): Promise<ScriptedPeer> {
  return new ScriptedPeer(options).start();
}

/** One for all connections, so that TLS sessions can be resumed. */
const secureContext = createSecureContext({ key: testKey, cert: testCertificate });

const DEFAULT_EXTENSIONS = ['PIPELINING', '8BITMIME', 'SIZE 10485760', 'ENHANCEDSTATUSCODES'];

class PeerConnection {
  readonly #peer: ScriptedPeer;
  readonly #options: ScriptedPeerOptions;
  readonly #number: number;
  readonly #closed: Promise<void>;
  #socket: Socket;
  #input = Buffer.alloc(0);
  #isInData = false;
  #isBusy = false;
  #isSilent = false;
  #isSecure = false;
  #hasSpoken = true;
  #mailFrom: string | undefined;
  #recipients: string[] = [];
  #messages = 0;
  #counts = new Map<string, number>();
  #due: Buffer[] = [];
  #interrupt: PeerAct['interrupt'];

  constructor(peer: ScriptedPeer, socket: Socket, options: ScriptedPeerOptions, number: number) {
    this.#peer = peer;
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()));
    this.#options = options;
    this.#number = number;
  }

  begin(): void {
    this.#socket.setNoDelay(true);
    this.#watch(this.#socket);
    void this.#step('greeting', 'GREETING', '', Buffer.alloc(0)).then(() => this.#flush());
  }

  #watch(socket: Socket): void {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      if (this.#hasSpoken) this.#peer.flights += 1;
      this.#hasSpoken = false;
      this.#input = Buffer.concat([this.#input, chunk]);
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    const interrupt = this.#interrupt;
    if (this.#isInData && interrupt !== undefined && this.#input.length >= interrupt.afterBytes) {
      this.#interrupt = undefined;
      this.#isSilent = true;
      this.#say(Buffer.from(`${interrupt.reply}\r\n`));
      this.#flush();
      if (interrupt.after !== undefined) await this.#act(interrupt.after);
    }
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (!this.#isSilent && !this.#socket.destroyed && (await this.#takeOne()));
    this.#flush();
    this.#isBusy = false;
  }

  async #takeOne(): Promise<boolean> {
    if (this.#isInData) {
      const isEmpty = this.#input.subarray(0, 3).equals(Buffer.from('.\r\n'));
      const end = isEmpty ? 0 : this.#input.indexOf('\r\n.\r\n') + 2;
      if (!isEmpty && end < 2) return false;
      const content = unstuff(this.#input.subarray(0, end));
      this.#input = this.#input.subarray(end + 3);
      this.#isInData = false;
      this.#peer.lines.push('.');
      await this.#step('message', 'MESSAGE', '.', content);
      return true;
    }
    const end = this.#input.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.#input.subarray(0, end).toString('utf8');
    this.#input = this.#input.subarray(end + 2);
    this.#peer.lines.push(line);
    const verb = (/^[A-Za-z0-9]+/.exec(line)?.[0] ?? '').toUpperCase();
    await this.#step('command', verb, line, Buffer.alloc(0));
    return true;
  }

  async #step(kind: PeerEvent['kind'], verb: string, line: string, content: Buffer): Promise<void> {
    const nth = (this.#counts.get(verb) ?? 0) + 1;
    this.#counts.set(verb, nth);
    const event: PeerEvent = {
      kind,
      verb,
      line,
      mailFrom: this.#mailFrom,
      recipients: [...this.#recipients],
      content,
      connection: this.#number,
      messages: this.#messages,
      nth,
      closed: this.#closed,
    };
    const answer = await this.#options.manner?.(event);
    const act: PeerAct = isAct(answer) ? answer : { reply: answer };
    if (act.interrupt !== undefined) this.#interrupt = act.interrupt;
    if (act.waitMs !== undefined) await new Promise((resolve) => setTimeout(resolve, act.waitMs));
    const isActOnly = isAct(answer) && answer.reply === undefined && answer.after !== undefined;
    const reply = isActOnly ? undefined : (act.reply ?? this.#goodAnswer(kind, verb));
    if (reply !== undefined) {
      this.#keepState(kind, verb, line, content, String(reply).slice(0, 3));
      this.#say(typeof reply === 'string' ? Buffer.from(`${reply}\r\n`, 'latin1') : reply);
    }
    if (act.after !== undefined) await this.#act(act.after);
    if (
      verb === 'STARTTLS' &&
      reply !== undefined &&
      String(reply).startsWith('220') &&
      act.after === undefined
    )
      this.#secure();
    if (verb === 'QUIT' && act.after === undefined) {
      this.#flush();
      this.#socket.end();
    }
  }

  #goodAnswer(kind: PeerEvent['kind'], verb: string): string {
    if (kind === 'greeting') return '220 peer.test ESMTP';
    if (kind === 'message') return '250 2.0.0 taken';
    switch (verb) {
      case 'EHLO': {
        const tls = this.#options.hasStartTls === true && !this.#isSecure ? ['STARTTLS'] : [];
        const lines = ['peer.test', ...(this.#options.extensions ?? DEFAULT_EXTENSIONS), ...tls];
        return lines.map((text, i) => `250${i < lines.length - 1 ? '-' : ' '}${text}`).join('\r\n');
      }
      case 'RCPT':
        return this.#mailFrom === undefined ? '503 5.5.1 MAIL first' : '250 2.1.5 ok';
      case 'DATA':
        return this.#recipients.length === 0 ? '554 5.5.1 no valid recipients' : '354 go ahead';
      case 'STARTTLS':
        return '220 2.0.0 ready';
      case 'QUIT':
        return '221 2.0.0 bye';
      case 'HELO':
      case 'MAIL':
      case 'RSET':
      case 'NOOP':
        return '250 2.0.0 ok';
      default:
        return '502 5.5.2 unknown command';
    }
  }

  #keepState(
    kind: PeerEvent['kind'],
    verb: string,
    line: string,
    content: Buffer,
    code: string,
  ): void {
    const isYes = code.startsWith('2');
    if (kind === 'message') {
      if (isYes && code !== '221') {
        this.#messages += 1;
        this.#peer.messages.push({
          mailFrom: this.#mailFrom ?? '',
          recipients: [...this.#recipients],
          content,
          connection: this.#number,
        });
      }
      this.#mailFrom = undefined;
      this.#recipients = [];
    } else if (verb === 'MAIL' && isYes) {
      this.#mailFrom = /<(.*?)>/.exec(line)?.[1] ?? '';
      this.#recipients = [];
    } else if (verb === 'RCPT' && isYes) this.#recipients.push(/<(.*)>/.exec(line)?.[1] ?? '');
    else if (verb === 'RSET' || verb === 'EHLO') {
      this.#mailFrom = undefined;
      this.#recipients = [];
    } else if (verb === 'DATA' && (code === '354' || code === '250')) this.#isInData = true;
  }

  #say(bytes: Buffer): void {
    this.#due.push(bytes);
    if (this.#options.segments !== 'merged') this.#flush();
  }

  #flush(): void {
    if (this.#due.length === 0 || this.#socket.destroyed) return;
    this.#hasSpoken = true;
    const all = Buffer.concat(this.#due);
    this.#due = [];
    if (this.#options.segments !== 'bytes') this.#socket.write(all);
    else for (let i = 0; i < all.length; i += 1) this.#socket.write(all.subarray(i, i + 1));
  }

  async #act(after: NonNullable<PeerAct['after']>): Promise<void> {
    this.#flush();
    if (after === 'close') this.#socket.end();
    if (after === 'reset') {
      // What was said must have left before the reset drops it.
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.#socket.resetAndDestroy();
    }
    if (after === 'stop-reading') this.#socket.pause();
    if (after === 'junk-tls') {
      // In a segment of its own: with the reply it would be dropped as injected plaintext.
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.#socket.write('this is no handshake at all\r\n'.repeat(20));
    }
    this.#isSilent = true;
  }

  #secure(): void {
    this.#flush();
    this.#socket.removeAllListeners('data');
    const secure = new TLSSocket(this.#socket, {
      isServer: true,
      secureContext: this.#options.certificate
        ? createSecureContext(this.#options.certificate)
        : secureContext,
    });
    this.#isSecure = true;
    this.#input = Buffer.alloc(0);
    this.#socket = secure;
    this.#watch(secure);
  }
}

/** Takes away one dot at each line start that has one. Written apart from the client's stuffing on purpose. */
function unstuff(content: Buffer): Buffer {
  const text = content.toString('latin1');
  return Buffer.from(text.replace(/(^|\r\n)\./g, '$1'), 'latin1');
}

function isAct(answer: PeerAnswer): answer is PeerAct {
  return typeof answer === 'object' && !Buffer.isBuffer(answer);
}
