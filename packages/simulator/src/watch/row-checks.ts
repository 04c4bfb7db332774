/**
 * What must hold of every row, checked at each committed change of its state and at each copy that a receiver takes:
 * no fence against a word that has been committed, nothing completed given back, log and journal agree, sums.
 */
import { mayBeSent } from '../database/rules.ts';
import type { Delivery, DeliveryState, Tables } from '../database/tables.ts';
import type { Journal } from '../receivers/journal.ts';
import { bump } from './coverage.ts';
import type { Findings } from './findings.ts';

/** What the wire saw of a row: `open`: completed, and no refusal was read since. */
export type RowOnWire = {
  completion: 'none' | 'open' | 'refused';
  /** Copies that a customer accepted by sending unknowns again. */
  extraCopies: number;
  fencedBy: { session: string; transaction: string } | undefined;
};

export class RowChecks {
  readonly #tables: Tables;
  readonly #journal: Journal;
  readonly #findings: Findings;
  readonly #nowMs: () => number;
  readonly #expiresAtMs: (row: Delivery) => number;
  readonly #onWire = new Map<string, RowOnWire>();
  /** Waiting again by a late outcome of a former owner, behind the reading of the next one. */
  readonly #cameBack = new Set<string>();
  /** Transactions with unknown rows, by session. */
  readonly #unknownBy = new Map<string, Set<string>>();

  constructor(
    tables: Tables,
    journal: Journal,
    findings: Findings,
    nowMs: () => number,
    expiresAtMs: (row: Delivery) => number,
  ) {
    this.#tables = tables;
    this.#journal = journal;
    this.#findings = findings;
    this.#nowMs = nowMs;
    this.#expiresAtMs = expiresAtMs;
  }

  wireOf(rowId: string): RowOnWire {
    let wire = this.#onWire.get(rowId);
    if (wire === undefined) {
      wire = { completion: 'none', extraCopies: 0, fencedBy: undefined };
      this.#onWire.set(rowId, wire);
    }
    return wire;
  }

  moved(row: Delivery, from: DeliveryState, why: string): void {
    if (from === 'unknown' && row.state === 'waiting') this.#cameBack.add(row.id);
    else this.#cameBack.delete(row.id);
    const move = `${from}→${row.state} (${why})`;
    bump(this.#findings.coverage.transitions, move);
    // What ends as bounced without an attempt was quarantined, and had its time (replies.md, burst veto).
    const isLegal = LEGAL.has(move) && (move !== BLOCK_ENDS || row.isQuarantined === true);
    this.#findings.check('transition-is-legal', isLegal, () => `row ${row.id}: ${move}`);
    const wire = this.wireOf(row.id);
    if (why === 'fence') this.#fenced(row);
    else if (why === 'unfence')
      this.#findings.check(
        'unfence-is-safe',
        wire.completion !== 'open',
        () => `row ${row.id} was completed on the wire and waits again`,
      );
    else if (why === 'resend') {
      wire.completion = 'none';
      wire.extraCopies += 1;
    } else if (why.startsWith('settle')) this.#settled(row, wire);
    if (row.state === 'unknown') this.#unknown(wire);
    if (row.state === 'expired' && why === 'end')
      this.#findings.check(
        'expires-in-time',
        this.#expiresAtMs(row) <= this.#nowMs() + EARLY_MS,
        () => `row ${row.id} expired ${this.#expiresAtMs(row) - this.#nowMs()} ms too early`,
      );
  }

  /** A lane said that nothing of a campaign is left in it, and was believed: what waits all the same waits for the other lanes. */
  done(campaignId: string, laneId: string): void {
    const rows = this.#tables.rowsOf(campaignId, laneId);
    const left = rows.filter((row) => isLeft(row) && !this.#cameBack.has(row.id));
    this.#findings.check(
      'done-is-done',
      left.length === 0,
      () =>
        `campaign ${campaignId} in lane ${laneId}: ${left.length} rows are left, the first is ${left[0]?.id}, ${left[0]?.state}`,
    );
  }

  /** A receiver took a copy. */
  accepted(rowId: string, copies: number): void {
    const { extraCopies } = this.wireOf(rowId);
    this.#findings.check(
      'one-copy',
      copies <= 1 + extraCopies,
      () => `row ${rowId}: ${copies} copies`,
    );
  }

  /** A new owner has looked for what earlier ones had fenced: nothing of theirs may be left in flight. */
  reaped(laneId: string): void {
    const epoch = this.#tables.lanes.get(laneId)?.epoch ?? 0;
    let left = 0;
    for (const lc of this.#tables.laneCampaigns) {
      if (lc.laneId !== laneId || this.#tables.campaigns.get(lc.campaignId)?.finishedAtMs !== null)
        continue;
      for (const row of this.#tables.rowsOf(lc.campaignId, laneId))
        if (row.state === 'sending' && row.epoch < epoch) left += 1;
    }
    this.#findings.check(
      'reaped-in-full',
      left === 0,
      () => `lane ${laneId}: ${left} rows of earlier owners are still being sent`,
    );
  }

  /** Everything at once: at the end of a run. */
  checkAll(): void {
    for (const campaign of this.#tables.campaigns.values()) {
      const { counts, total, id } = campaign;
      const sum = Object.values(counts).reduce((all, count) => all + count, 0);
      this.#findings.check('sums', sum === total, () => `campaign ${id}: ${sum} of ${total}`);
      const isOver = campaign.finishedAtMs !== null && counts.waiting + counts.sending === 0;
      this.#findings.check(
        'campaign-completes',
        isOver,
        () => `campaign ${id} is ${campaign.state}: ${JSON.stringify(counts)}`,
      );
    }
    for (const row of this.#tables.deliveries.values()) this.#checkRow(row);
  }

  #fenced(row: Delivery): void {
    const lane = this.#tables.lanes.get(row.laneId);
    const isOwned =
      lane?.epoch === row.epoch && lane.leaseUntilMs !== null && lane.leaseUntilMs > this.#nowMs();
    this.#findings.check(
      'fence-is-allowed',
      isOwned && mayBeSent(this.#tables, row, this.#nowMs()),
      () =>
        `row ${row.id} of campaign ${row.campaignId} was fenced in epoch ${row.epoch}, lane ${row.laneId} is at ${lane?.epoch}`,
    );
  }

  #settled(row: Delivery, wire: RowOnWire): void {
    const copies = this.#journal.copies.get(row.id) ?? 0;
    if (row.state === 'waiting' || row.state === 'expired')
      this.#findings.check(
        'unknown-stays',
        wire.completion !== 'open',
        () => `row ${row.id} was completed without a known refusal and is to be sent again`,
      );
    if (row.state === 'accepted')
      this.#findings.check(
        'log-is-journal',
        copies > 0,
        () => `row ${row.id}: accepted, and no copy`,
      );
    const last = row.events.at(-1);
    const before = row.events.at(-2);
    const isLate = before?.attempt === last?.attempt;
    const isOnce = last?.attempt === row.attempts && (!isLate || before?.disposition === 'unknown');
    this.#findings.check(
      'one-event-per-attempt',
      isOnce,
      () => `row ${row.id}: ${JSON.stringify(row.events)}`,
    );
  }

  #unknown(wire: RowOnWire): void {
    const by = wire.fencedBy;
    if (by === undefined || by.session === '') return;
    let transactions = this.#unknownBy.get(by.session);
    if (transactions === undefined) {
      transactions = new Set();
      this.#unknownBy.set(by.session, transactions);
    }
    transactions.add(by.transaction);
    this.#findings.check(
      'unknown-is-bounded',
      transactions.size <= 2,
      () => `session ${by.session} left ${transactions.size} transactions unknown`,
    );
  }

  #checkRow(row: Delivery): void {
    const copies = this.#journal.copies.get(row.id) ?? 0;
    const { extraCopies } = this.wireOf(row.id);
    const isTaken = copies > 0 && copies <= 1 + extraCopies;
    const isRight =
      row.state === 'unknown' || (row.state === 'accepted' ? isTaken : copies <= extraCopies);
    this.#findings.check(
      'log-is-journal',
      isRight,
      () => `row ${row.id} is ${row.state}, the receiver has ${copies}`,
    );
    const attempts = new Set(row.events.map(({ attempt }) => attempt));
    const isLogged = attempts.size === row.attempts;
    this.#findings.check(
      'one-event-per-attempt',
      isLogged,
      () => `row ${row.id}: ${row.attempts} attempts, ${attempts.size} in the log`,
    );
  }
}

/** A clock that runs by itself for a while may be wrong by so much. */
const EARLY_MS = 10_000;

const BLOCK_ENDS = 'waiting→bounced (end)';

/** `from→to (by)`; anything else is a violation. */
export const LEGAL_MOVES: readonly string[] = [
  'waiting→sending (fence)',
  'sending→waiting (unfence)',
  'sending→accepted (settle)',
  'sending→bounced (settle)',
  'sending→waiting (settle)',
  'sending→expired (settle)',
  'sending→unknown (settle)',
  'sending→unknown (reap)',
  'unknown→accepted (settle)',
  'unknown→bounced (settle)',
  'unknown→waiting (settle)',
  'unknown→expired (settle)',
  'unknown→waiting (resend)',
  'unknown→bounced (settle-unfenced)',
  'unknown→waiting (settle-unfenced)',
  'unknown→expired (settle-unfenced)',
  'sending→bounced (settle-unfenced)',
  'sending→waiting (settle-unfenced)',
  'sending→expired (settle-unfenced)',
  'waiting→bounced (settle-unfenced)',
  'waiting→waiting (settle-unfenced)',
  'waiting→expired (settle-unfenced)',
  'waiting→expired (end)',
  BLOCK_ENDS,
  'waiting→cancelled (end)',
  'waiting→cancelled (suppressed)',
  'waiting→cancelled (campaign-cancelled)',
];

const LEGAL: ReadonlySet<string> = new Set(LEGAL_MOVES);

function isLeft({ state }: Delivery): boolean {
  return state === 'waiting' || state === 'sending';
}
