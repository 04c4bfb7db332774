/**
 * The lanes of this process: taken by lease when a job says so, driven by the core of packages/delivery, and given back.
 * Wiring only: commands go to the database side and the session side, and their answers come back as events.
 */
import type { WorkerScope } from '@hikyaku/db';
import { acquireLane, type LaneLease, readStandingVetoes } from '@hikyaku/db/worker';
import { EngineHost, type EngineState } from '@hikyaku/delivery';
import type { Tokens } from '@hikyaku/message/node';
import type { TransactionResult } from '@hikyaku/smtp';
import type { Logger } from 'pino';
import type { DatabaseClock } from '../database-clock.ts';
import type { Directory } from '../destinations/directory.ts';
import type { Config } from '../env.ts';
import { answersOf, type Envelope } from './attempt.ts';
import { createCampaignBook } from './campaign-book.ts';
import { createDatabaseSide } from './database-side.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { createEnvelopes } from './envelopes.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import { createSessionSide } from './session-side.ts';
import { engineSettings } from './settings.ts';
import { createSiteBook } from './site-book.ts';
import { createSiteChanges } from './site-changes.ts';
import { createSiteShares } from './site-shares.ts';
import { createStatusWriter } from './status-writer.ts';

export interface LoopDeps {
  scope: WorkerScope;
  /** For reading due rows. */
  hotScope: WorkerScope;
  log: DeliveryLog;
  directory: Directory;
  tokens: Tokens;
  config: Config;
  logger: Logger;
  /** Of this process start. */
  owner: string;
  /** What all workers call now. */
  clock: DatabaseClock;
}

export interface Lanes {
  /** Returns when the lane has nothing to do for a while, or at once when another worker owns it. */
  deliver(laneId: string): Promise<void>;
  /** Something changed in the database: campaigns are looked at now. */
  refresh(): void;
  /** Drains all lanes; resolves when they are given back. */
  stop(): Promise<void>;
  readonly held: number;
  /** Of a lane that is held: its site, or the name of its bucket. */
  siteOf(laneId: string): string | undefined;
  /** What the core knows, for metrics; not to be changed. */
  readonly state: Readonly<EngineState>;
}

const TICK_MS = 200;

export function createLanes(deps: LoopDeps): Lanes {
  const { config, scope, logger, owner, clock } = deps;
  const { leaseMs, timeScale, shareMs, statusMs } = config.tuning;
  const own = [config.ehloName, ...config.sources];
  const held = new Map<string, { lease: LaneLease; onOver: () => void }>();
  const campaigns = createCampaignBook({ tokens: deps.tokens, baseUrl: config.baseUrl, timeScale });
  const sites = createSiteBook(deps);
  let isStopping = false;

  const leaseOf = (laneId: string): LaneLease => {
    const lane = held.get(laneId);
    if (!lane) throw new Error(`lane ${laneId} is not held`);
    return lane.lease;
  };
  const host: EngineHost<Envelope, TransactionResult> = new EngineHost(
    engineSettings(config.tuning),
    {
      now: () => ({ wallMs: clock.nowMs(), monoMs: performance.now() }),
      perform: (command) => {
        switch (command.type) {
          case 'open-session':
            statusWriter.meet(command.laneId, command.site);
            sessions.open(command, leaseOf(command.laneId).source);
            break;
          case 'drain-session':
            sessions.drain(command.sessionId);
            break;
          case 'destroy-session':
            sessions.destroy(command.sessionId);
            break;
          default:
            database.perform(command);
        }
      },
      compose: createEnvelopes(
        campaigns,
        clock,
        (sessionId) => sessions.factsOf(sessionId),
        logger,
      ),
      classify: (envelope, result) => answersOf(envelope, result, own, clock.nowMs()),
    },
  );
  const dispatch = host.dispatch.bind(host);
  const sessions = createSessionSide(
    deps,
    sites,
    (sessionId, session) => session.run(host.work(sessionId)),
    dispatch,
  );
  const onLaneOver = (laneId: string) => {
    const lane = held.get(laneId);
    held.delete(laneId);
    keeper.drop(laneId);
    lane?.onOver();
  };
  const database = createDatabaseSide(
    deps,
    { campaigns, sites },
    leaseOf,
    (laneId) => held.get(laneId)?.lease.source,
    onLaneOver,
    dispatch,
  );
  const keeper = createLeaseKeeper(scope, leaseMs, logger, dispatch);
  const ticking = setInterval(() => {
    if (held.size > 0) dispatch({ type: 'tick' });
  }, TICK_MS);
  const siteChanges = createSiteChanges(host.state, sites, logger, dispatch);
  const siteShares = createSiteShares(scope, host.state, shareMs, logger, dispatch);
  const statusWriter = createStatusWriter(deps, host.state, statusMs);

  return {
    deliver: async (laneId) => {
      if (isStopping || held.has(laneId)) return;
      const askedAtMs = performance.now();
      const lease = await acquireLane(scope, { laneId, owner, leaseMs });
      if (!lease) return;
      const vetoes = await readStandingVetoes(scope, lease.source);
      await new Promise<void>((onOver) => {
        held.set(laneId, { lease, onOver });
        const validUntilMonoMs = keeper.hold(lease, askedAtMs);
        const { source, epoch } = lease;
        dispatch({
          type: 'lane-acquired',
          lane: { laneId, source, epoch },
          validUntilMonoMs,
          vetoes,
        });
        if (isStopping) dispatch({ type: 'stop' });
      });
    },
    refresh: () => {
      sites.refresh();
      siteChanges.look();
      dispatch({ type: 'refresh' });
    },
    stop: async () => {
      isStopping = true;
      dispatch({ type: 'stop' });
      while (held.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
      clearInterval(ticking);
      for (const one of [siteChanges, siteShares]) one.stop();
      await statusWriter.stop();
      keeper.stop();
      await deps.log.answeredSoFar();
    },
    get held() {
      return held.size;
    },
    siteOf: (laneId) => held.get(laneId)?.lease.site,
    state: host.state,
  };
}
