/**
 * Sees everything that happens in a world and hands it to the invariants. Faults that wait for a moment (the next dot, the
 * next fence) hang themselves in here.
 */
import type { Event, PortCommand, SendCommand } from '@hikyaku/delivery';
import type { Piece, SessionWork } from '@hikyaku/smtp';
import type { Bug } from '../mutants/mutant.ts';
import type { Connection, NetworkWatch } from '../network/network.ts';
import type { Process } from '../worker/process.ts';
import type { Envelope, Worker, WorkerPort, WorkerWatch } from '../worker/worker.ts';
import type { World } from '../world/world.ts';
import { bump } from './coverage.ts';
import { Fairness } from './fairness.ts';
import { Findings } from './findings.ts';
import { RowChecks } from './row-checks.ts';
import { Trace } from './trace.ts';
import { WireChecks } from './wire-checks.ts';

export class Watch implements NetworkWatch, WorkerWatch {
  readonly trace: Trace;
  readonly findings: Findings;
  readonly rows: RowChecks;
  /** Moves of rows to an outcome: by it faults are timed. */
  outcomes = 0;
  faultsStruck = 0;
  /** When each fault struck first. */
  readonly struckAtMs = new Map<string, number>();
  /** Asked about each piece that is written, until it says true. */
  readonly wireTraps: ((connection: Connection, piece: Piece) => boolean)[] = [];
  /** Asked about each command before it is performed; 'drop' keeps it from being performed. */
  readonly commandTraps: ((worker: Worker, command: PortCommand) => 'drop' | 'done' | undefined)[] =
    [];
  readonly #world: World;
  readonly #wire: WireChecks;
  readonly #fairness: Fairness;

  constructor(world: World, print?: (line: string) => void) {
    this.#world = world;
    const { timeline, tables, journal, directory, plan } = world;
    const nowMs = () => timeline.nowMs;
    this.trace = new Trace(timeline, print);
    this.findings = new Findings(this.trace, nowMs);
    this.rows = new RowChecks(tables, journal, this.findings, nowMs, (row) =>
      directory.expiresAtMs(row),
    );
    const profiles = new Map(
      [...plan.domains.values()].map(({ site, profile }) => [site, profile]),
    );
    this.#wire = new WireChecks(tables, this.rows, this.findings, {
      nowMs,
      openLeftMs: (row, atMs, errorMs) => directory.openLeftMs(row, atMs, errorMs),
      sessionCapOf: (site) =>
        Math.min(
          plan.settings.sessionsPerSite,
          profiles.get(site)?.sessionsMax ?? Number.POSITIVE_INFINITY,
        ),
      sharedCapsOf: (site) => {
        const profile = profiles.get(site);
        return { all: profile?.sessionsMaxAll, source: profile?.sessionsMax };
      },
      margins: plan.settings.margins,
    });
    this.#fairness = new Fairness(tables, this.findings);
    tables.onMove = (row, from, why) => {
      if (why.startsWith('settle')) this.outcomes += 1;
      this.trace.note(`row ${why}`, row.id, `${from}→${row.state}`);
      this.rows.moved(row, from, why);
    };
    tables.onDone = (campaignId, laneId) => this.rows.done(campaignId, laneId);
  }

  struck(fault: string, detail = ''): void {
    if (!this.struckAtMs.has(fault)) this.struckAtMs.set(fault, this.#world.timeline.nowMs);
    this.faultsStruck += 1;
    bump(this.findings.coverage.faults, fault);
    this.trace.note('FAULT', fault, detail);
  }

  // ── The wire ────────────────────────────────────────────────────────────────────────────────────────────────────────

  opening(connection: Connection): void {
    this.trace.note(
      'connect',
      connection.process.name,
      `${connection.site.name} #${connection.id}`,
    );
    this.#wire.opening(connection);
  }

  closed(connection: Connection): void {
    this.trace.note('closed', connection.process.name, `#${connection.id}`);
    this.#wire.closed(connection);
  }

  left(connection: Connection): void {
    this.#wire.left(connection);
  }

  wrote(connection: Connection, piece: Piece): void {
    const said = typeof piece === 'string' ? piece.trimEnd() : `(${piece.length} bytes)`;
    this.trace.note('→', `#${connection.id}`, said);
    this.#wire.wrote(connection, piece);
    spring(this.wireTraps, (trap) => trap(connection, piece));
  }

  accepted(rowId: string, copies: number): void {
    this.trace.note('taken', rowId, copies);
    this.rows.accepted(rowId, copies);
  }

  refused(rowIds: readonly string[]): void {
    for (const id of rowIds) this.rows.wireOf(id).completion = 'refused';
  }

  misbehaved(how: string): void {
    bump(this.findings.coverage.manners, how);
  }

  // ── Workers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  fenceAsked(worker: Worker, command: Extract<PortCommand, { type: 'fence' }>): void {
    const { directory, plan, tables, timeline } = this.#world;
    const session = worker.host.state.transactions.get(command.transactionId)?.session;
    const name = worker.process.name;
    const fencedBy = {
      session: session === undefined ? '' : `${name}/${session.id}`,
      transaction: `${name}/${command.transactionId}`,
    };
    for (const { id } of command.rows) {
      const row = tables.deliveries.get(id);
      if (row === undefined) continue;
      this.rows.wireOf(id).fencedBy = fencedBy;
      if (session === undefined) continue;
      const leftMs = directory.openLeftMs(row, timeline.nowMs, worker.process.dayErrorMs);
      if (leftMs === Number.POSITIVE_INFINITY) continue;
      const holds = leftMs > plan.settings.margins.fenceMs - 1 - worker.process.dayErrorMs;
      this.findings.check('window-at-fence', holds, () => `row ${id}: ${leftMs} ms are left`);
    }
  }

  sent(worker: Worker, command: SendCommand, connection: Connection | undefined): void {
    const { rows, laneId } = command;
    const tenantId = rows[0]?.tenantId;
    if (tenantId !== undefined && connection !== undefined)
      this.#fairness.sent(worker, laneId, connection.site.name, tenantId);
  }

  ownerChanged(laneId: string, formerUntilMs: number | null): void {
    const { nowMs } = this.#world.timeline;
    this.findings.check(
      'one-owner',
      formerUntilMs === null || formerUntilMs <= nowMs,
      () => `lane ${laneId} was taken ${(formerUntilMs ?? 0) - nowMs} ms before its lease ran out`,
    );
  }

  /** Between a worker and the world: the trace, the traps of faults, and a planted bug if there is one. */
  portOf(bug: Bug | undefined): WorkerPort {
    return {
      now: (process: Process) => {
        const now = { wallMs: process.dayMs, monoMs: process.clock.monoMs };
        return bug?.now?.(now, process.clock) ?? now;
      },
      dispatch: (event: Event, pass) => {
        if (event.type === 'reaped') this.rows.reaped(event.laneId);
        if (bug?.dispatch !== undefined) bug.dispatch(event, pass);
        else pass(event);
      },
      perform: (worker: Worker, command: PortCommand, pass) => {
        let isDropped = false;
        spring(this.commandTraps, (trap) => {
          const answer = trap(worker, command);
          isDropped ||= answer === 'drop';
          return answer !== undefined;
        });
        if (isDropped) return;
        if (bug?.perform !== undefined) bug.perform(worker, command, pass);
        else pass(command);
      },
      verdicts: (recipients) => bug?.verdicts?.(recipients) ?? recipients,
      isLeaseIgnored: bug?.isLeaseIgnored === true,
      work: (work: SessionWork<Envelope>, connection: Connection) =>
        bug?.work?.(work, connection) ?? work,
    };
  }
}

/** Each trap is asked once, and is gone when it has sprung. */
function spring<T>(traps: T[], isSprung: (trap: T) => boolean): void {
  if (traps.length === 0) return;
  for (let i = traps.length - 1; i >= 0; i--) if (isSprung(traps[i] as T)) traps.splice(i, 1);
}
