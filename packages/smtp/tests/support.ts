/**
 * What the tests of the client have in common: transactions, a work that answers from a list, and a connected session.
 */

import type { ScriptedPeerOptions } from '@hikyaku/testkit/scripted-peer';
import {
  type PeerEvent,
  type ScriptedPeer,
  startScriptedPeer,
} from '@hikyaku/testkit/scripted-peer';
import { describe, test } from 'vitest';
import type {
  RecipientResult,
  SessionEnd,
  SessionWork,
  Transaction,
  TransactionResult,
} from '../src/index.ts';
import { type ConnectOptions, connectSession, type SmtpSession } from '../src/node/index.ts';

export { type PeerEvent, type ScriptedPeer, startScriptedPeer };

/** How the replies of a sequence arrive: one write each, byte by byte, or as many together as are due. */
const CUTS = ['whole', 'bytes', 'merged'] as const;
export type Segments = (typeof CUTS)[number];

/** One incident of the wire, told with each cut of its replies; `cuts` where one of them would be another incident. */
export function incident(
  name: string,
  tell: (segments: Segments) => Promise<void>,
  cuts: readonly Segments[] = CUTS,
): void {
  describe(name, () => {
    test.each(cuts)('replies %s', tell);
  });
}

export function message(text = 'Subject: x\r\n\r\nhello\r\n'): Uint8Array {
  return Buffer.from(text);
}

export function mailTo(...recipients: string[]): Transaction {
  return { mailFrom: 'from@sender.test', recipients, content: () => message() };
}

export function mailsTo(...recipients: string[]): Transaction[] {
  return recipients.map((recipient) => mailTo(recipient));
}

/** `r1@x.test`, `r2@x.test` … */
export const names = (count: number, domain = 'x.test') =>
  Array.from({ length: count }, (_, i) => `r${i + 1}@${domain}`);

/** The n-th command of this verb in its connection. */
export const isNth = (event: PeerEvent, verb: string, nth = 1) =>
  event.verb === verb && event.nth === nth;

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const requiredTls = { mode: 'required', rejectUnauthorized: false } as const;

export type Log = { transaction: Transaction; result: TransactionResult };

/** Answers `next()` from a list, then 'quit'; fences with yes; keeps what is settled. */
export class ListWork implements SessionWork {
  readonly log: Log[] = [];
  readonly fenced: Transaction[] = [];
  readonly #transactions: Transaction[];

  constructor(transactions: readonly Transaction[]) {
    this.#transactions = [...transactions];
  }

  next(): Transaction | 'quit' | Promise<Transaction | 'quit'> {
    return this.#transactions.shift() ?? 'quit';
  }

  fence(transaction: Transaction, _accepted: readonly number[]): ReturnType<SessionWork['fence']> {
    this.fenced.push(transaction);
    return true;
  }

  mayComplete(_transaction: Transaction): boolean {
    return true;
  }

  settle(transaction: Transaction, result: TransactionResult): void | Promise<void> {
    this.log.push({ transaction, result });
  }

  get results(): RecipientResult[] {
    return this.log.flatMap(({ result }) => result.recipients);
  }

  /** `r1@x.test accepted`, in the order of settling. */
  get summary(): string[] {
    return this.results.map(({ recipient, disposition }) => `${recipient} ${disposition}`);
  }
}

/** How many recipients ended how. */
export function countsOf(work: ListWork): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { disposition } of work.results) counts[disposition] = (counts[disposition] ?? 0) + 1;
  return counts;
}

/** Puts those carried over first into the next transaction, as the worker does. */
export class CarryingWork extends ListWork {
  #carried: string[] = [];
  transactions = 0;
  override next() {
    const next = super.next() as Transaction | 'quit';
    if (next !== 'quit') {
      this.transactions += 1;
      return next;
    }
    if (this.#carried.length === 0) return next;
    const recipients = this.#carried;
    this.#carried = [];
    this.transactions += 1;
    return { ...mailTo(...recipients), carriedOverCount: recipients.length };
  }
  override settle(...args: Parameters<ListWork['settle']>) {
    super.settle(...args);
    for (const { disposition, recipient } of args[1].recipients)
      if (disposition === 'carried-over') this.#carried.push(recipient);
  }
}

export function optionsFor(port: number, more: Partial<ConnectOptions> = {}): ConnectOptions {
  return { host: '127.0.0.1', port, ehloName: 'client.test', tls: { mode: 'off' }, ...more };
}

export async function open(port: number, more: Partial<ConnectOptions> = {}): Promise<SmtpSession> {
  const opened = await connectSession(optionsFor(port, more));
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.session;
}

export async function refusedOpening(port: number, more: Partial<ConnectOptions> = {}) {
  const opened = await connectSession(optionsFor(port, more));
  if (opened.ok) throw new Error('the session opened, and should not have');
  return opened.failure;
}

export type Conversation = { end: SessionEnd; work: ListWork; peer: ScriptedPeer };

/** Runs a list of transactions against a peer of its own, and stops both. */
export async function converse(
  peerOptions: ScriptedPeerOptions,
  work: ListWork | readonly Transaction[],
  more: Partial<ConnectOptions> = {},
): Promise<Conversation> {
  await using peer = await startScriptedPeer(peerOptions);
  const session = await open(peer.port, more);
  const list = work instanceof ListWork ? work : new ListWork(work);
  const end = await session.run(list);
  await session.close();
  return { end, work: list, peer };
}
