/**
 * Connects workers with sites: every connection is a line, a peer at one end and a session of packages/smtp at the other.
 * Faults decide how the next lines die; the watch sees each piece that is written.
 */
import {
  defaultTimeouts,
  type Limits,
  type OpeningResult,
  type Piece,
  Session,
  type Timeouts,
} from '@hikyaku/smtp';
import type { Random } from '../random.ts';
import { Peer, type PeerWatch } from '../receivers/peer.ts';
import type { Site } from '../receivers/site.ts';
import type { Timeline } from '../time/timeline.ts';
import type { Process } from '../worker/process.ts';
import { type Doom, Line, type LineManners } from './line.ts';
import { bytesOf, SimTransport } from './sim-transport.ts';

export class Network {
  readonly manners: LineManners = { latencyMs: 12, jitterMs: 6, cutShare: 0.1 };
  /** Asked for each new connection: how it shall die, or that it never comes to stand. */
  doomFor: (connection: Connection) => Doom | 'no-answer' | undefined = () => undefined;
  readonly open = new Set<Connection>();
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #watch: NetworkWatch;
  #lastId = 0;

  constructor(timeline: Timeline, random: Random, watch: NetworkWatch) {
    this.#timeline = timeline;
    this.#random = random;
    this.#watch = watch;
  }

  /** Opens a session to a site. `onOpened` is told once; the session's end is its own matter. */
  connect(request: ConnectRequest): Connection {
    const { process, site } = request;
    const connection: Connection = {
      id: ++this.#lastId,
      process,
      site,
      source: request.source,
      laneId: request.laneId,
      sessionId: request.sessionId,
      peer: undefined,
      line: undefined,
      session: undefined as unknown as Session,
      transport: undefined as unknown as SimTransport,
    };
    const transport = new SimTransport(process, {
      wrote: (piece) => this.#watch.wrote(connection, piece),
      closed: () => {
        process.onKilled.delete(kill);
        this.#watch.closed(connection);
      },
    });
    const kill = () => transport.destroy();
    const session = new Session(
      transport,
      {
        ehloName: 'mta.sender.test',
        tlsMode: 'off',
        quirks: { isPipeliningOff: request.isPipeliningOff },
        limits: request.limits,
        timeouts: SIM_TIMEOUTS,
        idleMs: 30_000,
      },
      (result) => request.onOpened(result, connection),
    );
    connection.session = session;
    connection.transport = transport;
    process.onKilled.add(kill);
    this.#watch.opening(connection);
    this.#stand(connection, request);
    return connection;
  }

  #stand(connection: Connection, { source, limits: _, ...request }: ConnectRequest): void {
    const { process, site, session, transport } = connection;
    const doom = this.doomFor(connection);
    const fail = (reason: 'connection-lost' | 'timeout') => {
      const isGivenUp = session.isOver;
      transport.destroy();
      if (!isGivenUp) request.onRefused(reason, connection);
    };
    if (doom === 'no-answer') {
      process.after(SIM_TIMEOUTS.connectMs, () => fail('timeout'));
      return;
    }
    const line = new Line(
      this.#timeline,
      this.#random,
      this.manners,
      {
        received: (text, onRead) =>
          process.deliver(() => {
            onRead?.();
            transport.touch((standing) => standing.received(bytesOf(text)));
          }),
        lost: (how) =>
          process.deliver(() =>
            transport.touch((standing) =>
              how === 'eof'
                ? standing.lost('connection-closed')
                : standing.lost('connection-lost', 'ECONNRESET'),
            ),
          ),
      },
      {
        received: (text) => connection.peer?.received(text),
        lost: () => {
          connection.peer?.lost();
          this.open.delete(connection);
          this.#watch.left(connection);
        },
      },
    );
    if (doom !== undefined) line.doom = doom;
    const { latencyMs } = this.manners;
    this.#timeline.after(latencyMs, () => {
      const admitted = site.admit(source);
      if (admitted === 'reset') {
        this.#timeline.after(latencyMs, () => process.deliver(() => fail('connection-lost')));
        return;
      }
      this.open.add(connection);
      connection.line = line;
      connection.peer = this.#peer(connection, source, line, admitted === '421');
      transport.attach(line, session);
      this.#timeline.after(latencyMs, () =>
        process.deliver(() => transport.touch((standing) => standing.connected())),
      );
      connection.peer.greet(admitted === '421');
    });
  }

  #peer(connection: Connection, source: string, line: Line, isTurnedAway: boolean): Peer {
    let laterMs = 0;
    return new Peer(
      connection.site,
      isTurnedAway ? `${source} turned away` : source,
      {
        write: (text, onRead) => line.serverWrites(text, onRead),
        close: () => line.serverCloses(),
        reset: () => line.serverResets(),
        later: (delayMs, run) => {
          // Replies keep their order even while the site's pace changes.
          laterMs = Math.max(laterMs, this.#timeline.nowMs + delayMs);
          this.#timeline.at(laterMs, run);
        },
      },
      this.#watch,
    );
  }
}

/** Shorter than RFC 5321 asks for, so that a stalled session ends within a run; the order of magnitude does not matter. */
const SIM_TIMEOUTS: Timeouts = {
  ...defaultTimeouts,
  greetingMs: 60_000,
  ehloMs: 60_000,
  mailMs: 60_000,
  rcptMs: 60_000,
  dataMs: 60_000,
  dotMs: 120_000,
};

export type Connection = {
  readonly id: number;
  readonly process: Process;
  readonly site: Site;
  readonly source: string;
  readonly laneId: string;
  readonly sessionId: number;
  peer: Peer | undefined;
  line: Line | undefined;
  session: Session;
  transport: SimTransport;
};

export type ConnectRequest = {
  process: Process;
  site: Site;
  source: string;
  laneId: string;
  sessionId: number;
  limits: Limits;
  isPipeliningOff: boolean;
  onOpened(result: OpeningResult, connection: Connection): void;
  /** TCP itself failed. */
  onRefused(reason: 'connection-lost' | 'timeout', connection: Connection): void;
};

export type NetworkWatch = PeerWatch & {
  opening(connection: Connection): void;
  closed(connection: Connection): void;
  /** The receiver has it no more, whatever the client still holds. */
  left(connection: Connection): void;
  wrote(connection: Connection, piece: Piece): void;
};
