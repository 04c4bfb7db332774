/**
 * One connection at a receiver: reads bytes, speaks SMTP, and misbehaves as its site's manners say. RFC 5321, RFC 2920.
 * Invariant: what is accepted is in the journal before the 250 leaves.
 */
import { rowIdOf } from './journal.ts';
import type { Site } from './site.ts';

export class Peer {
  /** Rows whose RCPT was accepted in the transaction under way. */
  accepted: string[] = [];
  readonly #site: Site;
  readonly #source: string;
  readonly #port: PeerPort;
  readonly #watch: PeerWatch;
  #buffer = '';
  #isInContent = false;
  #hasMail = false;
  #isOverLimit = false;
  #transactions = 0;
  #out: Said[] = [];
  #isOver = false;
  #isSilent = false;
  #isClosing = false;

  constructor(site: Site, source: string, port: PeerPort, watch: PeerWatch) {
    this.#site = site;
    this.#source = source;
    this.#port = port;
    this.#watch = watch;
  }

  get isInContent(): boolean {
    return this.#isInContent;
  }

  greet(isTurnedAway: boolean) {
    if (!isTurnedAway) this.#say(`220 ${this.#site.name} ESMTP\r\n`);
    else {
      this.#isClosing = true;
      this.#say('421 4.7.0 Too many connections from your host\r\n');
    }
    this.#flush();
  }

  received(text: string) {
    if (this.#isOver || this.#isClosing) return;
    this.#buffer += text;
    while (!this.#isOver && !this.#isClosing && this.#takeOne());
    this.#flush();
  }

  lost() {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#site.leave(this.#source);
  }

  /** One command or one message out of the buffer; false when more bytes are needed. */
  #takeOne(): boolean {
    if (this.#isInContent) {
      const isEmpty = this.#buffer.startsWith('.\r\n');
      const end = isEmpty ? -2 : this.#buffer.indexOf('\r\n.\r\n');
      if (end === -1) return false;
      this.#buffer = this.#buffer.slice(end + 5);
      this.#isInContent = false;
      this.#onMessage();
      return true;
    }
    const end = this.#buffer.indexOf('\r\n');
    if (end === -1) return false;
    const line = this.#buffer.slice(0, end);
    this.#buffer = this.#buffer.slice(end + 2);
    this.#onCommand(line);
    return true;
  }

  #onCommand(line: string) {
    const { manners, random } = this.#site;
    const verb = line.slice(0, 4).toUpperCase();
    if (random.chance(manners.leaveShare)) return this.#leave('421 4.3.2 Service shutting down');
    if (random.chance(manners.garbageShare)) {
      this.#watch.misbehaved('garbage');
      return this.#say(random.pick(GARBAGE));
    }
    if (random.chance(manners.stallShare)) {
      this.#watch.misbehaved('stall');
      this.#isSilent = true;
    }
    if (verb === 'EHLO' || verb === 'HELO') return this.#say(this.#hello());
    if (verb === 'MAIL') return this.#onMail();
    if (verb === 'RCPT') return this.#onRecipient(line);
    if (verb === 'DATA') return this.#onData();
    if (verb === 'RSET') {
      this.#reset();
      return this.#say('250 2.0.0 Ok\r\n');
    }
    if (verb === 'QUIT') {
      this.#say('221 2.0.0 Bye\r\n');
      this.#isClosing = true;
      return;
    }
    this.#say('500 5.5.2 Unknown command\r\n');
  }

  #hello(): string {
    const { isPipelining, announces } = this.#site.manners;
    const lines = [this.#site.name];
    if (isPipelining) lines.push('PIPELINING');
    const limits = [
      announces.recipientsMax === undefined ? '' : ` RCPTMAX=${announces.recipientsMax}`,
      announces.transactionsMax === undefined ? '' : ` MAILMAX=${announces.transactionsMax}`,
    ].join('');
    if (limits !== '') lines.push(`LIMITS${limits}`);
    lines.push('8BITMIME');
    return lines.map((text, i) => `250${i === lines.length - 1 ? ' ' : '-'}${text}\r\n`).join('');
  }

  #onMail() {
    const { manners } = this.#site;
    if (this.#hasMail) return this.#say('503 5.5.1 Nested MAIL command\r\n');
    if (this.#transactions >= manners.transactionsMax) {
      this.#watch.misbehaved('session-limit');
      if (manners.overTransactions === '421')
        return this.#leave('421 Max message per connection reached');
      // Without a word, behind the replies that were owed (Yahoo).
      this.#isClosing = true;
      return;
    }
    this.#reset();
    this.#hasMail = true;
    this.#say('250 2.1.0 Ok\r\n');
  }

  #onRecipient(line: string) {
    if (!this.#hasMail) return this.#say('503 5.5.1 Need MAIL\r\n');
    const { manners } = this.#site;
    const rowId = rowIdOf(line.slice(line.indexOf('<') + 1));
    if (this.accepted.length >= manners.recipientsMax) {
      this.#watch.misbehaved('recipient-limit');
      if (!this.#isOverLimit) this.#site.overLimitMs.push(this.#site.timeline.nowMs);
      this.#isOverLimit = true;
      if (manners.overRecipients === '452')
        return this.#say('452 4.5.3 Error: too many recipients\r\n');
      if (manners.overRecipients === '552') return this.#say('552 Too many recipients\r\n');
      this.accepted = [];
      if (manners.overRecipients === '554-cut') this.#say('554 Transaction failed\r\n');
      this.#isClosing = true;
      return;
    }
    const refusal = this.#site.judgeRecipient(rowId, this.#source);
    if (refusal !== undefined) return this.#say(`${refusal}\r\n`);
    this.accepted.push(rowId);
    this.#say('250 2.1.5 Ok\r\n');
  }

  #onData() {
    if (!this.#hasMail) return this.#say('503 5.5.1 Need MAIL\r\n');
    if (this.accepted.length === 0) return this.#say('554 5.5.1 No valid recipients\r\n');
    this.#isInContent = true;
    this.#say('354 End data with <CR><LF>.<CR><LF>\r\n');
  }

  #onMessage() {
    const { manners, random, journal } = this.#site;
    const rows = this.accepted;
    this.#reset();
    this.#transactions += 1;
    const leaves = random.chance(manners.leaveShare);
    const refusal = leaves ? '421 4.3.2 Service shutting down' : this.#site.judgeMessage(rows);
    if (refusal !== undefined) {
      this.#say(`${refusal}\r\n`, () => this.#watch.refused(rows));
      if (leaves) {
        this.#watch.misbehaved('421');
        this.#isClosing = true;
      }
      return;
    }
    this.#site.messages += 1;
    for (const rowId of rows) this.#watch.accepted(rowId, journal.accept(rowId));
    if (random.chance(manners.replyLostShare)) {
      this.#watch.misbehaved('reply-lost');
      // The 250 is lost with the connection; replies that were owed before it too.
      this.#out = [];
      this.#port.reset();
      return;
    }
    this.#say('250 2.0.0 Ok: queued\r\n');
  }

  #leave(reply: string) {
    this.#watch.misbehaved('421');
    this.#say(`${reply}\r\n`);
    this.#isClosing = true;
  }

  #reset() {
    this.#hasMail = false;
    this.#isOverLimit = false;
    this.accepted = [];
  }

  #say(text: string, onRead?: () => void) {
    this.#out.push({ text, onRead });
  }

  /** All replies to one flight leave together, a moment later. */
  #flush() {
    const out = this.#out;
    this.#out = [];
    const isClosing = this.#isClosing;
    if (out.length === 0 && !isClosing) return;
    this.#port.later(this.#site.manners.thinkMs, () => {
      if (this.#isOver) return;
      if (!this.#isSilent)
        for (const { text, onRead } of joined(out)) this.#port.write(text, onRead);
      if (isClosing && !this.#isSilent) this.#port.close();
    });
  }
}

/** Replies that nobody waits for in particular go as one write. */
function joined(out: readonly Said[]): Said[] {
  const writes: Said[] = [];
  let text = '';
  for (const said of out) {
    text += said.text;
    if (said.onRead === undefined) continue;
    writes.push({ text, onRead: said.onRead });
    text = '';
  }
  if (text !== '') writes.push({ text, onRead: undefined });
  return writes;
}

const GARBAGE = ['IPTS04 what\r\n', 'HTTP/1.1 400 Bad Request\r\n', '99 ?\r\n', '\u0000\u0001\r\n'];

type Said = { text: string; onRead: (() => void) | undefined };

export type PeerPort = {
  write(text: string, onRead: (() => void) | undefined): void;
  close(): void;
  reset(): void;
  later(delayMs: number, run: () => void): void;
};

/** `refused` when the client's process has read the refusal of its message. */
export type PeerWatch = {
  accepted(rowId: string, copies: number): void;
  refused(rowIds: readonly string[]): void;
  misbehaved(how: string): void;
};
