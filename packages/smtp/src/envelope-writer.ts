/**
 * Writes envelopes: MAIL, RCPTs and DATA as far as may stand unanswered, RSET before them where the last transaction stands
 * open, and none beyond the limits of the session. RFC 2920, RFC 9422.
 */
import type { Capabilities } from './capabilities.ts';
import { DATA, mailCommand, RSET, rcptCommand } from './commands.ts';
import { failureOf } from './judge.ts';
import type { RunningTransaction } from './running-transaction.ts';
import type { Limits, Quirks } from './settings.ts';
import type { Wire } from './wire.ts';

/** Commands that may be unanswered at a time: both sides' buffers hold them, so neither can block the other. */
const OUTSTANDING_MAX = 250;

export type ExchangeFacts = {
  capabilities: Capabilities;
  isPipelining: boolean;
  quirks: Quirks;
  limits: Limits;
  /** When the connection stood, by the port's clock. */
  openedAtMs: number;
};

export class EnvelopeWriter {
  /** Envelopes begun in this session. */
  number = 0;
  /** The server holds a transaction that is not completed: RSET comes first. */
  needsReset = false;
  /** Recipients in one transaction; what is over is carried over unsaid. */
  readonly recipientsMax: number;
  readonly #transactionsMax: number;
  readonly #wire: Wire;
  readonly #now: () => number;
  readonly #facts: ExchangeFacts;

  constructor(wire: Wire, now: () => number, facts: ExchangeFacts) {
    this.#wire = wire;
    this.#now = now;
    this.#facts = facts;
    const { limits, capabilities } = facts;
    this.recipientsMax = lower(limits.recipientsMax, capabilities.recipientsMax);
    this.#transactionsMax = lower(limits.transactionsMax, capabilities.transactionsMax);
  }

  /** No envelope may be begun any more. */
  get isAtLimit(): boolean {
    const { limits, openedAtMs } = this.#facts;
    if (this.number >= this.#transactionsMax) return true;
    return limits.ageMs !== undefined && this.#now() - openedAtMs >= limits.ageMs;
  }

  /** Says the next commands of the envelope: all that fit, or without pipelining one. */
  write(envelope: RunningTransaction): void {
    const { isPipelining } = this.#facts;
    const count = envelope.recipientCount;
    while (envelope.cursor <= count + 1) {
      if (isPipelining ? this.#wire.outstanding >= OUTSTANDING_MAX : !this.#wire.isQuiet) return;
      const step = envelope.cursor;
      if (step === 0) {
        if (this.#reset() && !isPipelining) return;
        this.#begin(envelope);
      } else if (step <= count) this.#sayRecipient(envelope, step - 1);
      else this.#sayData(envelope);
      envelope.cursor = step + 1;
    }
  }

  #reset(): boolean {
    const isAsked = this.#facts.quirks.isExplicitRset === true && this.number > 0;
    if (!this.needsReset && !isAsked) return false;
    this.needsReset = false;
    this.#wire.say(RSET, 'RSET', 'rsetMs');
    return true;
  }

  #begin(envelope: RunningTransaction): void {
    const { capabilities, quirks } = this.#facts;
    this.number += 1;
    this.#wire.counts.transactions += 1;
    envelope.mailAtMs = this.#now();
    this.#wire.say(mailCommand(envelope.transaction, capabilities, quirks), 'MAIL', 'mailMs');
  }

  #sayRecipient(envelope: RunningTransaction, index: number): void {
    if (envelope.isMailRefused || !envelope.isOpen(index)) return;
    const recipient = envelope.transaction.recipients[index] as string;
    this.#wire.say(rcptCommand(recipient, this.#facts.quirks), 'RCPT', 'rcptMs', index);
    envelope.unanswered += 1;
  }

  /** DATA, unless nobody is left to send to, or the fence has said no while that costs a RSET only. */
  #sayData(envelope: RunningTransaction): void {
    const isPointless = envelope.fence === 'no' && envelope.unanswered === 0;
    if (!envelope.hasNobody && !isPointless) {
      this.#wire.say(DATA, 'DATA', 'dataMs');
      return;
    }
    envelope.data = 'skipped';
    this.needsReset ||= envelope.isMailAccepted;
    if (envelope.isResolved) return;
    envelope.resolveRest('abandoned', {
      ...failureOf('RCPT', envelope.fenceReason),
      scope: 'message',
    });
  }
}

function lower(ours: number | undefined, theirs: number | undefined): number {
  return Math.min(ours ?? Number.POSITIVE_INFINITY, theirs ?? Number.POSITIVE_INFINITY);
}
