/**
 * A simulated worker: the real core and its host, the real SMTP session and classifier, over simulated sockets, database
 * and clocks. What apps/worker wires with real ones.
 */
import {
  EngineHost,
  type EngineSettings,
  type Event,
  type Now,
  type PortCommand,
  type SendCommand,
  type Verdictable,
} from '@hikyaku/delivery';
import type { OpeningResult, SessionWork, Transaction, TransactionResult } from '@hikyaku/smtp';
import type { DatabaseLink } from '../database/link.ts';
import type { Rules } from '../database/rules.ts';
import type { Tables } from '../database/tables.ts';
import type { Connection, Network } from '../network/network.ts';
import type { Site } from '../receivers/site.ts';
import type { Directory } from '../world/directory.ts';
import { endingOf, troubleOf, verdictableOf } from './classify.ts';
import { DatabaseClock } from './database-clock.ts';
import { Leases } from './leases.ts';
import type { Process } from './process.ts';
import { SiteShares } from './site-shares.ts';
import { Statements } from './statements.ts';

export class Worker {
  readonly process: Process;
  readonly link: DatabaseLink;
  readonly host: EngineHost<Envelope, TransactionResult>;
  isStopping = false;
  readonly #facts: WorkerFacts;
  readonly #leases: Leases;
  readonly #statements: Statements;
  readonly #clock: DatabaseClock;
  readonly #shares: SiteShares;
  #turn = 0;
  readonly #sessions = new Map<number, Connection>();
  #isTicking = false;

  constructor(facts: WorkerFacts) {
    this.#facts = facts;
    const { process, link, tables, rules, directory, nowMs, port } = facts;
    this.process = process;
    this.link = link;
    this.#clock = new DatabaseClock(process, link, nowMs);
    this.host = new EngineHost<Envelope, TransactionResult>(facts.settings, {
      now: () => port.now(process),
      perform: (command) => port.perform(this, command, (passed) => this.#perform(passed)),
      compose: (command) => this.#compose(command),
      classify: ({ rows }, { recipients }) =>
        port.verdicts(recipients.map((one) => verdictableOf(one, rows[one.index]?.domain ?? ''))),
    });
    this.#shares = new SiteShares(this, tables, nowMs);
    const dispatch = (event: Event) => this.dispatch(event);
    const owner = process.name;
    const shared = { owner, process, link, tables, nowMs, dispatch };
    this.#leases = new Leases({
      ...shared,
      leaseMs: facts.leaseMs,
      isLeaseIgnored: port.isLeaseIgnored,
      clockMs: () => port.now(process).monoMs,
      onOwner: (laneId, untilMs) => facts.watch.ownerChanged(laneId, untilMs),
    });
    this.#statements = new Statements({
      ...shared,
      rules,
      directory,
      released: (laneId, giveBack) => {
        const lease = this.#leases.forget(laneId);
        if (lease !== undefined) giveBack(lease);
      },
    });
  }

  dispatch(event: Event) {
    if (!this.process.isAlive) return;
    this.#facts.port.dispatch(event, (passed) => this.host.dispatch(passed));
    if (event.type === 'lane-acquired') this.#tick();
  }

  get lanesHeld(): number {
    return this.#leases.size;
  }

  /** A job of the queue: the lane has something to do. */
  deliver(laneId: string) {
    // What it had of the lane before may not have ended yet.
    if (!this.isStopping && !this.host.state.lanes.has(laneId))
      this.#clock.require(() => {
        if (!this.isStopping) this.#leases.acquire(laneId);
      });
  }

  /** SIGTERM. */
  stop() {
    this.isStopping = true;
    this.dispatch({ type: 'stop' });
  }

  #perform(command: PortCommand) {
    switch (command.type) {
      case 'open-session':
        return this.#open(command);
      case 'drain-session':
        return this.#sessions.get(command.sessionId)?.transport.touch((s) => s.drain());
      case 'destroy-session':
        return this.#sessions.get(command.sessionId)?.session.destroy();
      case 'drop-lane':
        this.#leases.forget(command.laneId);
        return;
      case 'fence':
        this.#facts.watch.fenceAsked(this, command);
        break;
    }
    this.#statements.perform(command as never);
  }

  #open(command: Extract<PortCommand, { type: 'open-session' }>) {
    const { sessionId, laneId, limits } = command;
    const { network, tables, sites, process } = this.#facts;
    const connection = network.connect({
      process,
      site: sites.get(command.site) as Site,
      source: tables.lanes.get(laneId)?.source ?? '',
      laneId,
      sessionId,
      limits: { transactionsMax: limits.transactionsMax },
      isPipeliningOff: false,
      onOpened: (result, opened) => this.#opened(result, opened),
      onRefused: (reason) => {
        this.#sessions.delete(sessionId);
        this.dispatch({
          type: 'session-failed',
          sessionId,
          failure: {
            category: 'network',
            phase: 'connect',
            code: null,
            isReset: reason === 'connection-lost',
          },
        });
      },
    });
    this.#sessions.set(sessionId, connection);
  }

  #opened(result: OpeningResult, connection: Connection) {
    const { sessionId, site, session, transport } = connection;
    if (!result.ok) {
      this.#sessions.delete(sessionId);
      const failure = troubleOf(result.failure, site.name);
      return this.dispatch({ type: 'session-failed', sessionId, failure });
    }
    const { recipientsMax, transactionsMax } = result.opened.capabilities;
    this.dispatch({
      type: 'session-opened',
      sessionId,
      limits: { recipientsMax, transactionsMax },
    });
    const work = this.#facts.port.work(this.host.work(sessionId), connection);
    void session.run(work).then((end) => {
      this.#sessions.delete(sessionId);
      this.dispatch({ type: 'session-ended', sessionId, end: endingOf(end, site.name) });
    });
    transport.arm();
  }

  #compose(command: SendCommand): Envelope | undefined {
    const { rows, transactionId, carriedOverCount, sessionId } = command;
    const first = rows[0];
    if (first === undefined || this.#facts.isUncomposable(first.id)) return undefined;
    this.#facts.watch.sent(this, command, this.#sessions.get(sessionId));
    const content = `Subject: campaign ${first.campaignId}\r\nX-Row: ${first.id}\r\n\r\nHello.\r\n`;
    const bytes = new Uint8Array(content.length);
    for (let i = 0; i < content.length; i++) bytes[i] = content.charCodeAt(i);
    return {
      transactionId,
      rows,
      mailFrom: `campaign-${first.campaignId}@sender.test`,
      recipients: rows.map(({ id, domain }) => `r${id}@${domain}`),
      carriedOverCount,
      content: () => bytes,
    };
  }

  /** While a lane is held. */
  #tick() {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.process.after(TICK_MS, () => {
      this.#isTicking = false;
      if (this.host.state.lanes.size === 0) return;
      this.#clock.tend();
      if (this.#turn++ % SHARES_TICKS === 0) this.#shares.round();
      this.dispatch({ type: 'tick' });
      this.#tick();
    });
  }
}

const TICK_MS = 300;
/** Caps are shared out every so many ticks. */
const SHARES_TICKS = 3;

export type Envelope = Transaction & {
  readonly transactionId: number;
  readonly rows: SendCommand['rows'];
};

export type WorkerFacts = {
  process: Process;
  link: DatabaseLink;
  tables: Tables;
  rules: Rules;
  directory: Directory;
  network: Network;
  sites: ReadonlyMap<string, Site>;
  settings: EngineSettings;
  leaseMs: number;
  nowMs(): number;
  isUncomposable(rowId: string): boolean;
  port: WorkerPort;
  watch: WorkerWatch;
};

/** Where a mutant can come between the core and the world; the real one passes everything on. */
export type WorkerPort = {
  dispatch(event: Event, pass: (event: Event) => void): void;
  perform(worker: Worker, command: PortCommand, pass: (command: PortCommand) => void): void;
  now(process: Process): Now;
  verdicts(recipients: readonly Verdictable[]): readonly Verdictable[];
  isLeaseIgnored: boolean;
  work(work: SessionWork<Envelope>, connection: Connection): SessionWork<Envelope>;
};

export type WorkerWatch = {
  fenceAsked(worker: Worker, command: Extract<PortCommand, { type: 'fence' }>): void;
  sent(worker: Worker, command: SendCommand, connection: Connection | undefined): void;
  ownerChanged(laneId: string, formerUntilMs: number | null): void;
};
