/**
 * A server that says anything, at any time, against the whole session without a socket. Whatever it does, the session ends,
 * throws nothing, tells every recipient once, calls accepted only what was accepted, and lets no second copy go.
 * SMTP_FUZZ_STREAMS=5000000 runs longer; SMTP_FUZZ_SEED=n replays one stream.
 */
import { expect, test } from 'vitest';
import type { Piece } from './commands.ts';
import { Session, type SessionSettings, type Transport } from './session.ts';
import type { SessionEnd } from './session-end.ts';
import { defaultTimeouts } from './settings.ts';
import type { SessionWork, Transaction, TransactionResult } from './transaction.ts';

const streams = Number(process.env.SMTP_FUZZ_STREAMS ?? 100_000);
const onlySeed = process.env.SMTP_FUZZ_SEED;

test(
  `${onlySeed === undefined ? streams : 1} streams of a mad server`,
  async () => {
    const first = onlySeed === undefined ? 1 : Number(onlySeed);
    const last = onlySeed === undefined ? streams : first;
    const tally: Record<string, number> = {};
    for (let seed = first; seed <= last; seed += 1) {
      try {
        await new Game(seed).play(tally);
      } catch (error) {
        throw new Error(`stream with seed ${seed} (SMTP_FUZZ_SEED=${seed})`, { cause: error });
      }
    }
    // The fuzz must reach every outcome, or it shows nothing.
    if (onlySeed !== undefined) return;
    for (const word of [
      'accepted',
      'refused',
      'unknown',
      'carried-over',
      'abandoned',
      'opening-failed',
    ])
      expect(tally[word], word).toBeGreaterThan(streams / 1_000);
  },
  Math.max(120_000, streams * 2),
);

type Said = { text: string; afterCommands: number };
type Watched = {
  transaction: Transaction;
  results: TransactionResult[];
  fence: boolean | readonly number[] | undefined;
  mayComplete: boolean;
  number: number;
};

const GOOD: Record<string, string> = {
  EHLO: '250-peer.test\r\n250-SIZE\r\n250 8BITMIME\r\n',
  HELO: '250 peer.test\r\n',
  MAIL: '250 2.1.0 ok\r\n',
  RCPT: '250 2.1.5 ok\r\n',
  DATA: '354 go\r\n',
  '.': '250 2.0.0 taken\r\n',
  RSET: '250 2.0.0 ok\r\n',
  QUIT: '221 2.0.0 bye\r\n',
};
const BAD = [
  '250 ok\r\n',
  '354 go\r\n',
  '221 bye\r\n',
  '220 hi\r\n',
  '421 4.3.2 leaving\r\n',
  '450 4.2.0 later\r\n',
  '452 4.5.3 too many\r\n',
  '550 5.1.1 no\r\n',
  '552 5.2.2 full\r\n',
  '554 5.7.1 no\r\n',
  '503 what\r\n',
  '250-more\r\n',
  '250\n',
  '550-a\r\n250 b\r\n',
  '25',
  'huh?\r\n',
  '\r\n',
  '250 a\r\n250 b\r\n',
  '334 \r\n',
  '\0\0',
  '2500 x\r\n',
  '199 x\r\n',
];

class Game implements Transport, SessionWork {
  readonly #random: () => number;
  readonly #isPipelining: boolean;
  readonly #madness: number;
  readonly #watched: Watched[] = [];
  /** Command lines written, in order; content apart. */
  readonly #commands: string[] = [];
  /** For each end mark in #commands, the transaction it ends; undefined for a lone dot. */
  readonly #dots = new Map<number, Watched>();
  readonly #said: Said[] = [];
  #clockMs = 1;
  #answered = 0;
  #isGone = false;
  #isPouring = false;
  #left: number;
  #lastCompleted: Watched | undefined;
  #inDoubt = 0;
  readonly #violations: string[] = [];
  readonly #session: Session;
  #opening: boolean | undefined;
  #wasPipelining = false;

  constructor(seed: number) {
    this.#random = mulberry32(seed);
    this.#isPipelining = this.#chance(0.7);
    // From almost sane to raving.
    this.#madness = this.#pick([0.02, 0.1, 0.3, 0.9]);
    this.#left = this.#below(5);
    const settings: SessionSettings = {
      ehloName: 'client.test',
      tlsMode: 'off',
      quirks: { isExplicitRset: this.#chance(0.1), isDotApart: this.#chance(0.1) },
      timeouts: defaultTimeouts,
      limits: this.#chance(0.2) ? { transactionsMax: 1 + this.#below(3), recipientsMax: 3 } : {},
      idleMs: 1_000,
    };
    this.#session = new Session(this, settings, (result) => {
      this.#opening = result.ok;
      // Offered in a reply that went wrong, it is not in use.
      this.#wasPipelining = result.ok && result.opened.isPipelining;
    });
  }

  async play(tally: Record<string, number>): Promise<void> {
    this.#session.connected();
    let running: Promise<SessionEnd> | undefined;
    let isRunning = false;
    let end: SessionEnd | undefined;
    let quietTurns = 0;
    for (let turn = 0; quietTurns < 12 && end === undefined; turn += 1) {
      if (this.#opening === true && running === undefined) {
        running = this.#session.run(this);
        isRunning = true;
        void running.then((ended) => (end = ended));
      }
      if (this.#opening === false && !isRunning) break;
      const saidBefore = this.#said.length;
      this.#serverTurn(turn);
      quietTurns = this.#said.length === saidBefore ? quietTurns + 1 : 0;
      if (this.#chance(0.5)) await Promise.resolve();
      if (this.#chance(0.005)) this.#session.drain();
      if (this.#chance(0.002)) this.#session.destroy();
    }
    if (!isRunning && this.#opening === undefined) this.#expire();
    if (isRunning && end === undefined) end = await this.#waitForEnd(() => end);
    if (!isRunning) {
      must(this.#opening === false, 'an opening fails or succeeds');
      tally['opening-failed'] = (tally['opening-failed'] ?? 0) + 1;
      must(
        !this.#commands.some((command) => command.startsWith('MAIL')),
        'no MAIL without session',
      );
      return;
    }
    this.#check(end, tally);
  }

  /** Deadlines alone must end a session that hears nothing more. */
  async #waitForEnd(ended: () => SessionEnd | undefined): Promise<SessionEnd> {
    for (let i = 0; i < 60 && ended() === undefined; i += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#expire();
      if (this.#isPouring) this.#drain();
    }
    const end = ended();
    if (end === undefined) throw new Error('the session hangs');
    return end;
  }

  #expire(): void {
    if (this.#session.deadlineMs === Number.POSITIVE_INFINITY) return;
    this.#clockMs = this.#session.deadlineMs;
    this.#session.expire();
  }

  // ── The server ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #serverTurn(turn: number) {
    this.#clockMs += 1;
    if (this.#isGone || this.#session.isOver) return;
    if (this.#isPouring && this.#chance(0.7)) return this.#drain();
    if (this.#chance(this.#madness / 40)) {
      this.#isGone = true;
      return this.#session.lost(this.#pick(['connection-closed', 'connection-lost', 'timeout']));
    }
    let text = '';
    if (turn === 0) text = this.#chance(this.#madness / 5) ? this.#pick(BAD) : '220 peer.test\r\n';
    else {
      while (this.#answered < this.#commands.length && !this.#chance(0.1)) {
        text += this.#answer(this.#commands[this.#answered] as string);
        this.#answered += 1;
        if (this.#chance(0.3)) break;
      }
      if (this.#chance(this.#madness / 30)) text += this.#pick(BAD);
      if (this.#chance(this.#madness / 60)) text += this.#noise();
    }
    if (text !== '') this.#say(text);
  }

  #answer(command: string): string {
    if (this.#chance(this.#madness / 4)) return this.#chance(0.1) ? '' : this.#pick(BAD);
    const verb = command === '.' ? '.' : command.slice(0, 4);
    if (verb === 'EHLO' && this.#isPipelining)
      return '250-peer.test\r\n250-PIPELINING\r\n250 LIMITS RCPTMAX=3\r\n';
    if (verb === 'RCPT' && this.#chance(0.15))
      return this.#pick(['550 5.1.1 no\r\n', '450 4.2.0 later\r\n', '452 4.5.3 too many\r\n']);
    return GOOD[verb] ?? '500 what\r\n';
  }

  /** Passes it on in random pieces, and notes when it was said: a reply counts only behind its command. */
  #say(text: string): void {
    let rest = text;
    while (rest !== '' && !this.#session.isOver) {
      const size = this.#chance(0.5) ? rest.length : 1 + this.#below(rest.length);
      const part = rest.slice(0, size);
      rest = rest.slice(size);
      this.#said.push({ text: part, afterCommands: this.#commands.length });
      this.#session.received(Buffer.from(part, 'latin1'));
    }
  }

  #noise(): string {
    let noise = '';
    for (let i = this.#below(20); i > 0; i -= 1) noise += String.fromCharCode(this.#below(256));
    return noise;
  }

  // ── The transport ───────────────────────────────────────────────────────────────────────────────────────────────────

  write(pieces: readonly Piece[], isPouring: boolean): void {
    if (this.#isGone) return;
    this.#isPouring = isPouring;
    for (const piece of pieces) {
      if (typeof piece !== 'string') continue;
      if (piece === '.\r\n' && this.#lastCompleted !== undefined) {
        this.#dots.set(this.#commands.length, this.#lastCompleted);
        this.#lastCompleted = undefined;
      }
      this.#commands.push(piece.slice(0, -2));
    }
  }

  #drain(): void {
    this.#isPouring = false;
    this.#session.drained();
  }

  startTls(): void {
    throw new Error('not in this game');
  }

  destroy(): void {
    this.#isGone = true;
  }

  end(): void {}

  now = (): number => this.#clockMs;

  // ── The caller ──────────────────────────────────────────────────────────────────────────────────────────────────────

  next(): Transaction | 'quit' | Promise<Transaction | 'quit'> {
    if (this.#left === 0) return this.#chance(0.8) ? 'quit' : this.#later<'quit'>('quit');
    this.#left -= 1;
    const count = this.#chance(0.7) ? 1 : 1 + this.#below(5);
    const recipients = Array.from({ length: count }, (_, i) => `r${i}@x${this.#left}.test`);
    if (this.#chance(0.03)) recipients[0] = 'bad address\r\n@x.test';
    const watched: Watched = {
      transaction: {
        mailFrom: 'from@x.test',
        recipients,
        content: () =>
          Buffer.from(this.#chance(0.2) ? '.a\n.\r\nb' : 'Subject: x\r\n\r\nhello\r\n'),
      },
      results: [],
      fence: undefined,
      mayComplete: false,
      number: this.#watched.length,
    };
    this.#watched.push(watched);
    return this.#chance(0.8) ? watched.transaction : this.#later(watched.transaction);
  }

  fence(transaction: Transaction, accepted: readonly number[]) {
    const watched = this.#of(transaction);
    // Noted, not thrown: what a hook throws is the caller's failure, and ends the session.
    if (watched.fence !== undefined) this.#violations.push('fenced twice');
    this.#inDoubt += 1;
    if (this.#inDoubt > 2) this.#violations.push('three in doubt');
    if (this.#chance(0.02)) throw new Error('no database');
    const answer = this.#chance(0.9) ? true : this.#chance(0.5) ? false : accepted.slice(1);
    watched.fence = answer;
    return this.#chance(0.6) ? answer : this.#later(answer);
  }

  mayComplete(transaction: Transaction): boolean {
    const watched = this.#of(transaction);
    watched.mayComplete = this.#chance(0.97);
    if (watched.mayComplete) this.#lastCompleted = watched;
    return watched.mayComplete;
  }

  settle(transaction: Transaction, result: TransactionResult): void | Promise<void> {
    const watched = this.#of(transaction);
    watched.results.push(result);
    const isSettled = () => {
      if (result.isFinal && watched.fence !== undefined) this.#inDoubt -= 1;
    };
    if (this.#chance(0.01)) throw new Error('no database');
    if (this.#chance(0.6)) return isSettled();
    return this.#later(undefined).then(isSettled);
  }

  #of(transaction: Transaction): Watched {
    return this.#watched.find((watched) => watched.transaction === transaction) as Watched;
  }

  async #later<V>(value: V): Promise<V> {
    for (let i = 1 + this.#below(4); i > 0; i -= 1) await Promise.resolve();
    return value;
  }

  // ── The judge ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #check(end: SessionEnd | undefined, tally: Record<string, number>): void {
    if (end === undefined) throw new Error('no end');
    must(this.#violations.length === 0, this.#violations[0] ?? '');
    const codes = this.#pair();
    for (const watched of this.#watched) {
      // An envelope that was promised and came after the end is settled a moment later.
      if (watched.results.length === 0) continue;
      const results = watched.results.flatMap(({ recipients }) => recipients);
      const indexes = new Set(results.map(({ index }) => index));
      const count = watched.transaction.recipients.length;
      must(indexes.size === count && results.length === count, 'each recipient is told of once');
      must(watched.results.filter(({ isFinal }) => isFinal).length === 1, 'one final result');
      const dot = [...this.#dots].find(([, of]) => of === watched)?.[0];
      const verdict = dot === undefined ? undefined : codes[dot + 1];
      for (const result of results) {
        tally[result.disposition] = (tally[result.disposition] ?? 0) + 1;
        const isDotTaken = isYes(verdict);
        if (result.disposition === 'accepted') {
          must(dot !== undefined && isDotTaken, 'accepted is what the server took');
          this.#checkEnvelope(dot as number, result.recipient, codes);
        }
        if (result.disposition === 'unknown') {
          const isNoAnswer = verdict === undefined || verdict < 400;
          must(dot !== undefined && isNoAnswer, 'unknown has a dot and no answer');
        }
        // What the server took is never given back, or a second copy would go.
        const isSaid = this.#wasSaid(dot, result.recipient, codes);
        const isKept = result.disposition === 'accepted' || result.disposition === 'unknown';
        must(!(isDotTaken && isSaid) || isKept, 'what the server took is not given back');
        if (result.permanence === 'permanent' && result.disposition === 'refused')
          must(result.reply === undefined || result.reply.code >= 500, 'permanent means 5yz');
      }
      const isFenced = watched.fence === true || Array.isArray(watched.fence);
      must(dot === undefined || (watched.mayComplete && isFenced), 'no fence, no dot');
    }
  }

  /** The code that answers each command by its place (0: the greeting), read by a parser of the judge's own. */
  #pair(): (number | undefined)[] {
    const codes: (number | undefined)[] = [];
    let line = '';
    // How many commands had been written when the first byte of the reply came.
    let begunAfter: number | undefined;
    for (const { text, afterCommands } of this.#said) {
      for (const char of text) {
        begunAfter ??= afterCommands;
        if (char !== '\n') {
          line += char;
          continue;
        }
        const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
        const read = /^([2-5]\d\d)(?:([ -])[^\n]*|)$/s.exec(bare);
        line = '';
        if (read === null) return codes;
        if (read[2] === '-') continue;
        // Begun before the command that it would answer: the stream makes no sense from here on.
        if (codes.length > begunAfter) return codes;
        codes.push(Number(read[1]));
        begunAfter = undefined;
      }
    }
    return codes;
  }

  #envelopeOf(dot: number): { mail: number; data: number } {
    let data = dot - 1;
    while (this.#commands[data] !== 'DATA') data -= 1;
    let mail = data;
    while (!this.#commands[mail]?.startsWith('MAIL')) mail -= 1;
    return { mail, data };
  }

  #checkEnvelope(dot: number, recipient: string, codes: (number | undefined)[]): void {
    const { mail, data } = this.#envelopeOf(dot);
    const code = codes[data + 1];
    must(isYes(codes[mail + 1]), 'MAIL was accepted');
    must(code === 354 || (!this.#wasPipelining && isYes(code)), 'DATA was answered 354');
    must(this.#wasSaid(dot, recipient, codes), 'RCPT was accepted');
  }

  /** Whether RCPT for it was written in the dot's transaction, and accepted. */
  #wasSaid(dot: number | undefined, recipient: string, codes: (number | undefined)[]): boolean {
    if (dot === undefined) return false;
    const { mail, data } = this.#envelopeOf(dot);
    for (let i = mail + 1; i < data; i += 1)
      if (this.#commands[i] === `RCPT TO:<${recipient}>`) return isYes(codes[i + 1]);
    return false;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<V>(values: readonly V[]): V {
    return values[this.#below(values.length)] as V;
  }
}

/** Like expect(), a hundred times faster. */
function must(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`broken: ${what}`);
}

function isYes(code: number | undefined): boolean {
  return code !== undefined && code >= 200 && code < 300 && code !== 220 && code !== 221;
}

/** A small seeded generator (mulberry32, public domain algorithm by Tommy Ettinger). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
