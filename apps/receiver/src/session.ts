/**
 * One SMTP session of a client (RFC 5321). It only takes mail in: it has no way to send any. A reply that accepts or
 * refuses leaves after its journal line is on disk; all replies to one input chunk are one write.
 */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { readMail, readRecipient } from './commands.ts';
import type { Manners } from './config.ts';
import { Connection } from './connection.ts';
import type { DestinationCounts } from './counts.ts';
import type { InputSink } from './input-scanner.ts';
import { InputScanner } from './input-scanner.ts';
import type { Journal } from './journal.ts';
import type { OtherRow } from './journal-rows.ts';
import { acceptedLines, otherLine, sessionHead } from './journal-rows.ts';
import { Message } from './message.ts';
import type { MessageStore } from './message-store.ts';
import { ReplyQueue } from './reply-queue.ts';
import type { Moment, Triggers } from './triggers.ts';
import type { DotVerdict } from './verdicts.ts';

const OK = '250 2.0.0 Ok';
const NOT_KNOWN = '500 5.5.2 Command not known';

export class Session implements InputSink {
  readonly #id: string;
  readonly #head: string;
  readonly #host: SessionHost;
  readonly #context: SessionContext;
  readonly #connection: Connection;
  readonly #scanner = new InputScanner(this);
  readonly #replies: ReplyQueue<Message>;
  #isGreeted = false;
  #isEncrypted = false;
  #isClosing = false;
  readonly #source: string;
  #isSilent = false;
  #hasSpoken = true;
  #transactions = 0;
  #accepted = 0;
  #message: Message | null = null;

  constructor(socket: Socket, source: string, host: SessionHost, context: SessionContext) {
    this.#host = host;
    this.#source = source;
    this.#context = context;
    this.#id = context.nextSessionId();
    this.#head = sessionHead(host.name, this.#id, source);
    const connection = new Connection(socket, {
      onChunk: (chunk) => this.#takeChunk(chunk),
      onEnd: () => this.#hangUp(),
      onClose: () => this.#fallSilent(),
      onIdle: () => this.#goodbye(`421 4.4.2 ${context.hostname} waited long enough`),
    });
    this.#connection = connection;
    this.#replies = new ReplyQueue<Message>({
      write: (text, onFlushed) => {
        this.#hasSpoken = true;
        const { replyBytesPerSecond } = host.manners;
        if (replyBytesPerSecond === null) connection.write(text, onFlushed);
        else connection.drip(text, replyBytesPerSecond, onFlushed);
      },
      end: () => connection.end(),
      destroy: () => connection.destroy(),
      isDurable: (ticket) => context.journal?.isDurable(ticket) ?? true,
      whenDurable: (ticket, resume) => context.journal?.whenDurable(ticket, resume),
      beforeDots: (dots) => dots.every((m) => !this.#strike('before-reply', m.recipients)),
      afterDots: (dots) => {
        for (const message of dots) this.#strike('after-reply', message.recipients);
      },
    });
  }

  start(): void {
    if (this.#strike('connect')) return;
    const { texts, greetingDelayMs, idleMaxMs, latencyMs } = this.#host.manners;
    if (idleMaxMs !== null) this.#connection.watchIdle(idleMaxMs);
    const greeting = texts.greeting ?? `220 ${this.#context.hostname} ESMTP ${this.#host.name}`;
    this.#replies.add(greeting);
    if (greetingDelayMs > 0) this.#replies.notBefore(performance.now() + greetingDelayMs);
    if (!greeting.startsWith('2')) this.#leave();
    this.#replies.flush(latencyMs);
  }

  /** The receiver goes: 421, and the connection ends. */
  shutDown(): void {
    this.#goodbye(`421 4.3.2 ${this.#context.hostname} is shutting down`);
    this.#connection.destroyAfter(500);
  }

  onLine(line: string | null, isCrlf: boolean): void {
    if (line === null) this.#replies.add('500 5.5.2 Line too long');
    else if (!isCrlf) this.#replies.add('500 5.5.2 Lines end in CRLF');
    else {
      const reply = this.#command(line);
      if (reply === null) return;
      this.#replies.add(reply);
      // RFC 5321 §3.8: 421 says that the server closes.
      if (reply.startsWith('421')) this.#leave();
    }
  }

  onContent(chunk: Buffer, start: number, end: number): void {
    const message = this.#message;
    if (message === null) return;
    const before = message.bytes;
    message.addContent(chunk, start, end);
    if (this.#context.triggers.isArmed) {
      this.#strike('content-bytes', message.recipients, { before, after: message.bytes });
    }
  }

  onDot(): void {
    const message = this.#message;
    if (message === null) return;
    this.#message = null;
    if (this.#strike('dot-received', message.recipients)) return;
    const verdict: DotVerdict =
      message.bytes > this.#host.manners.sizeMaxBytes
        ? { do: 'refuse', reply: '552 5.3.4 Message too big' }
        : this.#host.dotVerdict(message.recipients);
    if (verdict.do === 'stall') {
      for (const to of message.recipients) this.#note('stalled', 'dot', null, to, message);
      this.#fallSilent();
      return;
    }
    if (this.#context.triggers.isArmed) this.#replies.answersDot(message);
    if (verdict.do === 'refuse') {
      for (const to of message.recipients) this.#refuse('dot', verdict.reply, to, message);
      this.#replies.add(verdict.reply);
      if (verdict.reply.startsWith('421')) this.#leave();
      return;
    }
    this.#accept(message, verdict.do === 'drop');
  }

  #takeChunk(chunk: Buffer): void {
    if (this.#hasSpoken) {
      this.#hasSpoken = false;
      this.#host.counts.flights += 1;
    }
    this.#scanner.feed(chunk);
    this.#replies.flush(this.#host.manners.latencyMs);
  }

  /** What came before the client's FIN is answered still; an unfinished message is forgotten. */
  #hangUp(): void {
    if (this.#replies.isMuted) this.#connection.destroy();
    this.#leave();
    this.#replies.flush(0);
  }

  /** The reply, or null where none is due. */
  #command(line: string): string | null {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'MAIL':
        return this.#mail(line);
      case 'RCPT':
        return this.#recipient(line);
      case 'DATA':
        return this.#data();
      case 'EHLO':
        return this.#hello(line, this.#host.capabilities(this.#isEncrypted));
      case 'HELO':
        return this.#hello(line, `250 ${this.#context.hostname}`);
      case 'RSET':
        this.#message = null;
        return OK;
      case 'NOOP':
        return OK;
      case 'VRFY':
        return '252 2.0.0 Send some mail and see';
      case 'QUIT':
        this.#leave();
        return '221 2.0.0 Bye';
      case 'STAR':
        return this.#startTls();
      default:
        return NOT_KNOWN;
    }
  }

  #hello(line: string, reply: string): string {
    this.#message = null;
    if (line.slice(4).trim() === '') return '501 5.5.4 Say your name';
    this.#isGreeted = reply.startsWith('2');
    return reply;
  }

  #mail(line: string): string | null {
    if (this.#strike('mail')) return null;
    const { manners } = this.#host;
    if (!this.#isGreeted) return '503 5.5.1 Say EHLO first';
    if (this.#message !== null) return '503 5.5.1 A transaction is open';
    const { messagesMaxPerSession, texts } = manners;
    if (messagesMaxPerSession !== null && this.#accepted >= messagesMaxPerSession) {
      this.#refuse('mail', texts.overMessages, null);
      return texts.overMessages;
    }
    const mail = readMail(line, manners);
    if ('refusal' in mail) return mail.refusal;
    this.#transactions += 1;
    this.#message = new Message({
      mailFrom: mail.address,
      transaction: this.#transactions,
      isUtf8: mail.isUtf8,
      isKept: this.#context.messages !== null,
    });
    return '250 2.1.0 Ok';
  }

  #recipient(line: string): string | null {
    const message = this.#message;
    if (message === null) return '503 5.5.1 Say MAIL first';
    const recipient = readRecipient(line, message.isUtf8);
    if ('refusal' in recipient) return recipient.refusal;
    const { address } = recipient;
    if (this.#strike('rcpt', [address])) return null;
    const { recipientsMaxPerTransaction: max, texts } = this.#host.manners;
    const isOver = max !== null && message.recipients.length >= max;
    const refusal = isOver
      ? texts.overRecipients
      : this.#host.recipientRefusal(address, this.#source);
    if (refusal === null) {
      message.recipients.push(address);
      return '250 2.1.5 Ok';
    }
    this.#refuse('rcpt', refusal, address, message);
    if (isOver && this.#host.manners.overRecipients === 'cut') {
      this.#message = null;
      this.#leave();
    }
    return refusal;
  }

  #data(): string | null {
    const message = this.#message;
    if (this.#strike('data', message?.recipients)) return null;
    if (message === null) return '503 5.5.1 Say MAIL first';
    // As Postfix does: the transaction stays open, the client says RSET.
    if (message.recipients.length === 0) return '554 5.5.1 No valid recipients';
    this.#scanner.beginContent();
    return '354 End data with <CR><LF>.<CR><LF>';
  }

  #startTls(): string {
    const { tls } = this.#context;
    if (tls === null || this.#isEncrypted || !this.#host.manners.tls) return NOT_KNOWN;
    // RFC 3207 §4.2: what came in plaintext behind the command is not obeyed, what was said before is forgotten.
    this.#scanner.stop();
    this.#replies.finish(() => {
      this.#isGreeted = false;
      this.#isEncrypted = true;
      this.#message = null;
      this.#scanner.restart();
      this.#connection.startTls(tls);
    });
    return '220 2.0.0 Ready to start TLS';
  }

  #accept(message: Message, isDropped: boolean): void {
    const { journal, messages } = this.#context;
    const { counts, manners, name } = this.#host;
    messages?.keep(name, this.#id, message);
    if (journal) this.#replies.after(journal.append(acceptedLines(this.#head, message)));
    this.#accepted += 1;
    counts.transactions += 1;
    counts.accepted += message.recipients.length;
    counts.bytes += message.bytes;
    this.#replies.notBefore(this.#host.acceptAt(message.recipients.length));
    if (isDropped) {
      for (const to of message.recipients) this.#note('dropped', 'dot', null, to, message);
      this.#leave('destroy');
      return;
    }
    this.#replies.add(`250 2.0.0 Ok: queued as ${this.#id}-${message.transaction}`);
    const isLast = this.#accepted === manners.messagesMaxPerSession;
    if (isLast && manners.overMessages === 'close') this.#leave();
  }

  #refuse(
    phase: OtherRow['phase'],
    reply: string,
    recipient: string | null,
    message: Message | null = null,
  ): void {
    if (recipient !== null) {
      if (reply.startsWith('4')) this.#host.counts.deferred += 1;
      else this.#host.counts.refused += 1;
    }
    this.#note('refused', phase, reply, recipient, message);
  }

  #note(
    event: OtherRow['event'],
    phase: OtherRow['phase'],
    reply: string | null,
    recipient: string | null,
    message: Message | null,
  ): void {
    const { journal } = this.#context;
    if (journal === null) return;
    const code = reply === null ? null : Number(reply.slice(0, 3));
    const transaction = message?.transaction ?? this.#transactions;
    const line = otherLine(this.#head, { event, transaction, phase, code, reply, recipient });
    this.#replies.after(journal.note(line));
  }

  /** True when the session is to do nothing more with what it was doing. */
  #strike(
    when: Moment['when'],
    recipients: readonly string[] = [],
    bytes?: Moment['bytes'],
  ): boolean {
    const { triggers } = this.#context;
    if (!triggers.isArmed || this.#isSilent) return false;
    const strike = triggers.strike({
      when,
      destination: this.#host.name,
      session: this.#id,
      recipients: recipients.map((address) => address.toLowerCase()),
      ...(bytes === undefined ? {} : { bytes }),
    });
    if (strike === null) return false;
    if (strike.do === 'hold') {
      this.#replies.hold(strike.until);
      return false;
    }
    if (strike.do === 'mute' && when === 'dot-received') {
      // The client is dead, but its message arrived whole: a server that has it keeps it.
      this.#replies.mute();
      return false;
    }
    this.#fallSilent();
    if (strike.do === 'reset') this.#connection.reset();
    return true;
  }

  #fallSilent(): void {
    this.#isSilent = true;
    this.#replies.mute();
    this.#scanner.stop();
  }

  #goodbye(reply: string): void {
    if (this.#isClosing) return;
    this.#replies.add(reply);
    this.#leave();
    this.#replies.flush(0);
  }

  /** Nothing more is read; the connection goes once everything is said. */
  #leave(how: 'end' | 'destroy' = 'end'): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#scanner.stop();
    this.#replies.finish(how);
  }
}

/** What a session asks of its destination. */
export interface SessionHost {
  readonly name: string;
  readonly manners: Manners;
  readonly counts: DestinationCounts;
  /** The reply to EHLO; a refusal where the destination knows HELO only. */
  capabilities(isEncrypted: boolean): string;
  recipientRefusal(address: string, source: string): string | null;
  dotVerdict(recipients: readonly string[]): DotVerdict;
  acceptAt(recipients: number): number;
}

/** What all sessions of one receiver share. */
export interface SessionContext {
  hostname: string;
  journal: Journal | null;
  messages: MessageStore | null;
  triggers: Triggers;
  tls: SecureContext | null;
  nextSessionId(): string;
}
