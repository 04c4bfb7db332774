/**
 * What must hold of every byte that leaves: MAIL inside its window, the bytes that complete a message only behind a fence,
 * under a lease, once; and never more sessions than allowed. Read off the pieces that sessions write.
 */
import type { Piece } from '@hikyaku/smtp';
import type { Delivery, Tables } from '../database/tables.ts';
import type { Connection } from '../network/network.ts';
import type { Findings } from './findings.ts';
import type { RowChecks } from './row-checks.ts';

export class WireChecks {
  readonly #tables: Tables;
  readonly #rows: RowChecks;
  readonly #findings: Findings;
  readonly #facts: WireFacts;
  readonly #mail = new Map<number, Begun>();
  /** RSETs of which the MAIL is not written yet. */
  readonly #begun = new Map<number, Begun>();
  readonly #open = new Map<string, Set<number>>();
  readonly #standing = new Set<Connection>();
  /** Messages of a connection that were completed and may not be in the log yet. */
  readonly #completed = new Map<number, string[][]>();

  constructor(tables: Tables, rows: RowChecks, findings: Findings, facts: WireFacts) {
    this.#tables = tables;
    this.#rows = rows;
    this.#findings = findings;
    this.#facts = facts;
  }

  opening(connection: Connection): void {
    const key = placeOf(connection);
    let open = this.#open.get(key);
    if (open === undefined) {
      open = new Set();
      this.#open.set(key, open);
    }
    open.add(connection.id);
    this.#openingShared(connection);
    const cap = this.#facts.sessionCapOf(connection.site.name);
    const { size } = open;
    this.#findings.check(
      'session-cap',
      size <= cap,
      () =>
        `${size} sessions of lane ${connection.laneId} to ${connection.site.name}, the cap is ${cap}`,
    );
  }

  /** Caps of a source, and of the whole installation, over all lanes and workers that run. */
  #openingShared(connection: Connection): void {
    const { all, source } = this.#facts.sharedCapsOf(connection.site.name);
    if (all === undefined && source === undefined) return;
    this.#standing.add(connection);
    const standing = [...this.#standing].filter(
      ({ site, process }) =>
        site === connection.site &&
        process.isAlive &&
        // Whoever opens a session answers for all of its own, however late it is.
        (process === connection.process || !process.isBehindTime),
    );
    const mine = standing.filter((one) => one.source === connection.source);
    this.#findings.check(
      'session-cap-shared',
      standing.length <= (all ?? Infinity) && mine.length <= (source ?? Infinity),
      () =>
        `${standing.length} sessions to ${connection.site.name}, ${mine.length} from ${connection.source}: the caps are ${all} and ${source}`,
    );
  }

  left(connection: Connection): void {
    this.#standing.delete(connection);
  }

  closed(connection: Connection): void {
    this.#standing.delete(connection);
    this.#open.get(placeOf(connection))?.delete(connection.id);
    this.#mail.delete(connection.id);
    this.#begun.delete(connection.id);
    this.#completed.delete(connection.id);
  }

  wrote(connection: Connection, piece: Piece): void {
    if (typeof piece !== 'string') return;
    if (piece === '.\r\n') this.#dot(connection);
    else if (piece === 'RSET\r\n') this.#begun.set(connection.id, this.#begin(connection));
    else if (piece.startsWith('MAIL')) {
      // What goes on behind a RSET was taken with it: where nothing may be pipelined, MAIL waits for its answer.
      this.#mail.set(connection.id, this.#begun.get(connection.id) ?? this.#begin(connection));
      this.#begun.delete(connection.id);
    } else if (piece.startsWith('RCPT')) this.#recipient(connection, piece);
  }

  #begin({ process }: Connection): Begun {
    return { atMs: this.#facts.nowMs(), errorMs: process.dayErrorMs };
  }

  #recipient(connection: Connection, piece: string): void {
    const row = this.#tables.deliveries.get(
      piece.slice(piece.indexOf('<') + 2, piece.indexOf('@')),
    );
    if (row === undefined) return;
    const nowMs = this.#facts.nowMs();
    this.#findings.check(
      'not-before-time',
      row.nextAttemptMs <= nowMs + EARLY_MS,
      () => `row ${row.id} goes ${row.nextAttemptMs - nowMs} ms before its time`,
    );
    // The window is judged for MAIL, and by the first recipient: the others share its campaign and site.
    const mail = this.#mail.get(connection.id);
    if (mail === undefined) return;
    this.#mail.delete(connection.id);
    const leftMs = this.#facts.openLeftMs(row, mail.atMs, mail.errorMs);
    if (leftMs === Number.POSITIVE_INFINITY) return;
    this.#findings.check(
      'window-at-mail',
      leftMs > this.#facts.margins.mailMs - 1 - mail.errorMs,
      () => `row ${row.id}: ${said(leftMs)}`,
    );
  }

  #dot(connection: Connection): void {
    const rowIds = connection.peer?.accepted ?? [];
    if (rowIds.length === 0) return;
    const nowMs = this.#facts.nowMs();
    const completed = (this.#completed.get(connection.id) ?? []).filter((ids) =>
      this.#isUnlogged(ids),
    );
    completed.push([...rowIds]);
    this.#completed.set(connection.id, completed);
    this.#findings.check(
      'log-before-next',
      completed.length <= 2,
      () =>
        `connection ${connection.id}: ${completed.length} messages completed and not in the log`,
    );
    for (const id of rowIds) this.#completes(connection, id, nowMs);
  }

  #completes(connection: Connection, id: string, nowMs: number): void {
    const row = this.#tables.deliveries.get(id) as Delivery;
    const wire = this.#rows.wireOf(id);
    // After a lease has run out on the database's clock, a new owner may have called the row unknown.
    this.#findings.check(
      'fence-before-dot',
      row.state === 'sending',
      () => `row ${id} was completed while it is ${row.state}`,
    );
    this.#findings.check(
      'completed-once',
      wire.completion !== 'open',
      () => `row ${id} was completed again without a known refusal`,
    );
    wire.completion = 'open';
    const lane = this.#tables.lanes.get(row.laneId);
    const isHeld = lane?.epoch === row.epoch && (lane.leaseUntilMs ?? 0) > nowMs;
    this.#findings.check(
      'lease-at-dot',
      isHeld,
      () =>
        `row ${id} was completed under epoch ${row.epoch}, the lane is at ${lane?.epoch}, lease left ${(lane?.leaseUntilMs ?? 0) - nowMs} ms`,
    );
    const leftMs = this.#facts.openLeftMs(row, nowMs);
    if (leftMs !== Number.POSITIVE_INFINITY)
      this.#findings.check(
        'window-at-dot',
        // The margin is there for clocks that are a little wrong; the window itself holds whatever they say.
        leftMs > Math.max(0, this.#facts.margins.fenceMs - 1 - connection.process.dayErrorMs),
        () => `row ${id}: ${said(leftMs)}`,
      );
  }

  #isUnlogged(ids: readonly string[]): boolean {
    return ids.some((id) => {
      const row = this.#tables.deliveries.get(id);
      return row?.state === 'sending' && this.#rows.wireOf(id).completion !== 'none';
    });
  }
}

/** A clock that runs by itself for a while may be wrong by so much. */
const EARLY_MS = 10_000;

function placeOf({ process, laneId, site }: Connection): string {
  return `${process.name}/${laneId}/${site.name}`;
}

function said(leftMs: number): string {
  return leftMs < 0 ? 'its window is closed' : `its window closes in ${leftMs} ms`;
}

export type WireFacts = {
  nowMs(): number;
  /** Ms until the row's window closes; negative when it is closed, Infinity when nothing binds. */
  openLeftMs(row: Delivery, atMs: number, errorMs?: number): number;
  sessionCapOf(site: string): number;
  /** Caps that bind lanes and workers together. */
  sharedCapsOf(site: string): { all?: number; source?: number };
  margins: { mailMs: number; fenceMs: number };
};

/** When a transaction was written first, and how wrong the clock of its worker was. */
type Begun = { atMs: number; errorMs: number };
