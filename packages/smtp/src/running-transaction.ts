/**
 * One transaction under way: what was written, what was answered, and what is known of each recipient. A recipient is told
 * of exactly once.
 */
import { kindOfAddress } from './address.ts';
import type { Capabilities } from './capabilities.ts';
import { failureOf, isCarryOver, judgeRefusal } from './judge.ts';
import type { Disposition, Failure, Reason } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { RecipientResult, Transaction, TransactionResult } from './transaction.ts';

export type FenceState = 'not-started' | 'pending' | 'yes' | 'no';

/** A recipient's state: not answered, accepted at RCPT, or resolved (its result is made). */
const OPEN = 0;
const ACCEPTED = 1;
const RESOLVED = 2;

export class RunningTransaction<T extends Transaction = Transaction> {
  readonly transaction: T;
  readonly number: number;
  /** The next command to write: 0 MAIL, 1…n RCPT, n + 1 DATA, n + 2 nothing. */
  cursor = 0;
  isMailAccepted = false;
  isMailRefused = false;
  /** 'open' while the reply to DATA is awaited or DATA not written. 'skipped': it never will be. */
  data: 'open' | 'go-on' | 'refused' | 'skipped' = 'open';
  fence: FenceState = 'not-started';
  /** Why `fence` is 'no', or what the fence left out. */
  fenceReason: Reason = 'fence-refused';
  fenced: readonly number[] | undefined;
  /** Large content is written apart from its end mark: it flows, and then it has left. */
  pour: 'no' | 'flowing' | 'left' = 'no';
  accepted = 0;
  /** RCPTs written and not answered. */
  unanswered = 0;
  bytes = 0;
  mailAtMs = 0;
  dataAtMs = 0;
  contentAtMs = 0;
  endAtMs = 0;
  dotAtMs = 0;
  readonly #states: number[];
  #open: number;
  #untold: RecipientResult[] = [];

  constructor(transaction: T, number: number) {
    this.transaction = transaction;
    this.number = number;
    this.#states = transaction.recipients.map(() => OPEN);
    this.#open = transaction.recipients.length;
  }

  get recipientCount(): number {
    return this.#states.length;
  }

  /** Every recipient has its result. */
  get isResolved(): boolean {
    return this.#open === 0;
  }

  /** MAIL was accepted and every recipient is refused or carried over: DATA need not be said. */
  get hasNobody(): boolean {
    return this.isMailRefused || (this.accepted === 0 && this.#open === 0);
  }

  /** All replies to the envelope are there. */
  get isEnvelopeAnswered(): boolean {
    return this.data !== 'open' && this.unanswered === 0;
  }

  isOpen(index: number): boolean {
    return this.#states[index] === OPEN;
  }

  get acceptedIndexes(): number[] {
    const indexes: number[] = [];
    for (let i = 0; i < this.#states.length; i += 1)
      if (this.#states[i] === ACCEPTED) indexes.push(i);
    return indexes;
  }

  /** What cannot be sent to this server at all is refused before anything is written. */
  refuseLocally(capabilities: Capabilities, recipientsMax: number) {
    const { transaction } = this;
    const sender = transaction.mailFrom === '' ? 'ascii' : kindOfAddress(transaction.mailFrom);
    const isUtf8Possible = transaction.isSmtpUtf8 === true && capabilities.hasSmtpUtf8;
    const sizeMax = capabilities.sizeMaxBytes;
    if (sender === 'invalid') return this.#refuseAll('MAIL', 'message', 'address-invalid');
    if ((sender === 'utf8' || transaction.isSmtpUtf8 === true) && !isUtf8Possible)
      return this.#refuseAll('MAIL', 'message', 'smtputf8-unsupported');
    if (transaction.isEightBit === true && !capabilities.hasEightBitMime)
      return this.#refuseAll('MAIL', 'message', 'eight-bit-unsupported');
    if (sizeMax !== undefined && (transaction.sizeBytes ?? 0) > sizeMax)
      return this.#refuseAll('MAIL', 'message', 'too-big');
    const room = new Room(recipientsMax, capabilities.recipientDomainsMax);
    for (let i = 0; i < this.#states.length; i += 1) {
      const recipient = transaction.recipients[i] as string;
      const kind = kindOfAddress(recipient);
      if (kind === 'ascii' || (kind === 'utf8' && isUtf8Possible)) {
        if (!room.takes(recipient))
          this.resolve(i, 'carried-over', failureOf('RCPT', 'over-recipient-limit'));
        continue;
      }
      const reason = kind === 'utf8' ? 'smtputf8-unsupported' : 'address-invalid';
      this.resolve(i, 'refused', {
        command: 'RCPT',
        scope: 'recipient',
        permanence: 'permanent',
        reason,
      });
    }
  }

  #refuseAll(command: 'MAIL', scope: 'message', reason: Reason) {
    this.resolveRest('refused', { command, scope, permanence: 'permanent', reason });
  }

  refuseMail(reply: Reply) {
    this.isMailRefused = true;
    this.resolveRest('refused', judgeRefusal('MAIL', reply));
  }

  acceptRecipient(index: number) {
    // After a refused MAIL the recipient is resolved, whatever the server says to RCPT.
    if (this.#states[index] !== OPEN) return;
    this.#states[index] = ACCEPTED;
    this.accepted += 1;
  }

  refuseRecipient(index: number, reply: Reply) {
    if (this.#states[index] !== OPEN) return;
    const wasCarriedOver = index < (this.transaction.carriedOverCount ?? 0);
    const failure = judgeRefusal('RCPT', reply);
    if (isCarryOver(reply, this.accepted, wasCarriedOver))
      this.resolve(index, 'carried-over', { ...failure, permanence: 'transient' });
    else this.resolve(index, 'refused', failure);
  }

  resolve(index: number, disposition: Disposition, failure: Failure) {
    const state = this.#states[index];
    if (state === RESOLVED) return;
    if (state === ACCEPTED) this.accepted -= 1;
    this.#states[index] = RESOLVED;
    this.#open -= 1;
    const recipient = this.transaction.recipients[index] as string;
    this.#untold.push({ recipient, index, disposition, ...failure });
  }

  /** Gives the same result to all that have none yet. */
  resolveRest(disposition: Disposition, failure: Failure) {
    for (let i = 0; i < this.#states.length; i += 1) this.resolve(i, disposition, failure);
  }

  get hasUntold(): boolean {
    return this.#untold.length > 0;
  }

  /** The results not told yet; final once everyone is resolved. */
  takeResult(): TransactionResult {
    const recipients = this.#untold;
    this.#untold = [];
    return {
      recipients,
      isFinal: this.isResolved,
      number: this.number,
      bytes: this.bytes,
      timings: {
        envelopeMs: this.dataAtMs === 0 ? undefined : this.dataAtMs - this.mailAtMs,
        fenceMs: this.contentAtMs === 0 ? undefined : this.contentAtMs - this.dataAtMs,
        dotMs: this.dotAtMs === 0 ? undefined : this.dotAtMs - this.endAtMs,
      },
    };
  }
}

/** What one transaction may still take: recipients, and RFC 9422's recipient domains. */
class Room {
  #left: number;
  readonly #domainsMax: number;
  /** Those that were taken, where they are counted. */
  readonly #domains: Set<string> | undefined;

  constructor(recipientsMax: number, domainsMax: number | undefined) {
    this.#left = recipientsMax;
    this.#domainsMax = domainsMax ?? Number.POSITIVE_INFINITY;
    this.#domains = domainsMax === undefined ? undefined : new Set();
  }

  takes(recipient: string): boolean {
    if (this.#left <= 0) return false;
    if (this.#domains) {
      const domain = recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase();
      if (!this.#domains.has(domain) && this.#domains.size >= this.#domainsMax) return false;
      this.#domains.add(domain);
    }
    this.#left -= 1;
    return true;
  }
}
