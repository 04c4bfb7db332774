/**
 * Sends one message to all recipients over as many sessions as wanted. What is given back by a session that ended goes
 * into the next one, as long as that helps.
 */
import { dressContent } from '../content.ts';
import { connectSession } from '../node/connect-session.ts';
import type { Failure } from '../outcome.ts';
import type { SessionCounts } from '../session-end.ts';
import type {
  RecipientResult,
  SessionWork,
  Transaction,
  TransactionResult,
} from '../transaction.ts';
import type { TranscriptEntry } from '../transcript.ts';
import type { SendOptions } from './options.ts';

export type SendHooks = {
  onResult(result: Omit<RecipientResult, 'index'>): void;
  onSaid(entry: TranscriptEntry, session: number): void;
};

export type SendSummary = {
  recipients: number;
  accepted: number;
  sessions: number;
  transactions: number;
  roundTrips: number;
  bytesOut: number;
  bytesIn: number;
  ms: number;
};

/** How often a recipient may be given back by sessions before that is its result. */
const GIVEN_BACK_MAX = 20;

type Queued = Transaction & { triesLeft: number };

/** Resolves when every recipient has its result. Never rejects for what a server does. */
export async function send(
  options: SendOptions,
  message: Uint8Array,
  hooks: SendHooks,
): Promise<SendSummary> {
  const startedMs = performance.now();
  const sending = new Sending(options, message, hooks);
  await Promise.all(Array.from({ length: options.sessions }, () => sending.keepSession()));
  sending.giveUpRest();
  return { ...sending.summary, ms: Math.round(performance.now() - startedMs) };
}

class Sending implements SessionWork<Queued> {
  readonly summary = {
    recipients: 0,
    accepted: 0,
    sessions: 0,
    transactions: 0,
    roundTrips: 0,
    bytesOut: 0,
    bytesIn: 0,
  };
  readonly #options: SendOptions;
  readonly #hooks: SendHooks;
  readonly #envelope: Omit<Queued, 'recipients'>;
  /** What was given back, to go first. */
  readonly #returned: Queued[] = [];
  readonly #groups: readonly (readonly string[])[];
  #at = 0;
  #lastFailure: Failure = { command: 'CONNECT', scope: 'session', permanence: 'transient' };

  constructor(options: SendOptions, message: Uint8Array, hooks: SendHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#groups = options.mode === 'bulk' ? [options.to] : options.to.map((one) => [one]);
    const content = dressContent(message);
    this.#envelope = {
      mailFrom: options.from,
      sizeBytes: content.length,
      isEightBit: message.some((byte) => byte > 127),
      isSmtpUtf8: [options.from, ...options.to].some((address) => /[^ -~]/.test(address)),
      content: () => message,
      triesLeft: GIVEN_BACK_MAX,
    };
  }

  /** One session after another, until there is nothing to send or no session to be had. */
  async keepSession(): Promise<void> {
    while (this.#hasMore) {
      this.summary.sessions += 1;
      const number = this.summary.sessions;
      const options = this.#options;
      const opened = await connectSession({
        host: options.host,
        port: options.port,
        ehloName: options.helo,
        tls: { mode: options.startTls, rejectUnauthorized: options.isVerifying },
        auth: options.auth,
        timeouts: options.timeouts,
        transcript: options.hasTranscript
          ? (entry) => this.#hooks.onSaid(entry, number)
          : undefined,
      });
      if (!opened.ok) {
        console.error(opened.failure.message);
        this.#lastFailure = opened.failure;
        this.#count(opened.failure.counts);
        return;
      }
      const end = await opened.session.run(this);
      await opened.session.close();
      this.#count(end.counts);
      if (end.failure !== undefined) this.#lastFailure = end.failure;
      if (!end.canReopen || end.counts.transactions === 0) return;
    }
  }

  next(): Queued | 'quit' {
    const returned = this.#returned.shift();
    if (returned !== undefined) return returned;
    if (this.#at >= this.#groups.length * this.#options.repeat) return 'quit';
    const recipients = this.#groups[this.#at % this.#groups.length] as readonly string[];
    this.#at += 1;
    return { ...this.#envelope, recipients };
  }

  fence(): boolean {
    return true;
  }

  mayComplete(): boolean {
    return true;
  }

  settle(queued: Queued, result: TransactionResult): void {
    const again: string[] = [];
    const isLastTry = queued.triesLeft <= 1;
    for (const one of result.recipients) {
      const isGivenBack = one.disposition === 'abandoned' || one.disposition === 'carried-over';
      if (isGivenBack && !isLastTry) again.push(one.recipient);
      else this.#tell(one);
    }
    if (again.length === 0) return;
    this.#returned.push({
      ...this.#envelope,
      recipients: again,
      carriedOverCount: again.length,
      triesLeft: queued.triesLeft - 1,
    });
  }

  /** No session could be had for them. */
  giveUpRest(): void {
    for (let queued = this.next(); queued !== 'quit'; queued = this.next())
      for (const recipient of queued.recipients)
        this.#tell({ ...this.#lastFailure, recipient, disposition: 'abandoned' });
  }

  get #hasMore(): boolean {
    return this.#returned.length > 0 || this.#at < this.#groups.length * this.#options.repeat;
  }

  #tell(result: Omit<RecipientResult, 'index'>): void {
    this.summary.recipients += 1;
    if (result.disposition === 'accepted') this.summary.accepted += 1;
    this.#hooks.onResult(result);
  }

  #count(counts: SessionCounts): void {
    this.summary.transactions += counts.transactions;
    this.summary.roundTrips += counts.roundTrips;
    this.summary.bytesOut += counts.bytesOut;
    this.summary.bytesIn += counts.bytesIn;
  }
}
