/**
 * The lanes of this process: taken by lease when a job says so, run, and given back. Everything of a lane is settled
 * before it is given back, because its next owner calls what is left `unknown`.
 */
import { acquireLane, releaseLane } from '@hikyaku/db/worker';
import { type LaneDeps, LaneRunner } from './lane-runner.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import { policiesOf } from './policies.ts';
import { createSiteStates } from './site-state.ts';

export interface Lanes {
  /** Returns when the lane has nothing to do for a while, or at once when another worker owns it. */
  deliver(laneId: string): Promise<void>;
  /** Something changed in the database: campaigns are looked at now. */
  refresh(): void;
  /** Drains all lanes; resolves when they are given back. */
  stop(): Promise<void>;
  readonly held: number;
}

export function createLanes(given: Omit<LaneDeps, 'policies' | 'sites'>, owner: string): Lanes {
  const { leaseMs, timeScale, sessionsAtStart, sessionsPerSite } = given.config.tuning;
  const policies = policiesOf(timeScale);
  const sites = createSiteStates({ sessionsAtStart, sessionsPerSite, backoff: policies.backoff });
  const deps: LaneDeps = { ...given, policies, sites };
  const keeper = createLeaseKeeper(deps.scope, leaseMs, deps.logger);
  const running = new Map<LaneRunner, Promise<void>>();
  let isStopping = false;

  const own = async (laneId: string) => {
    const askedAtMs = performance.now();
    const lease = await acquireLane(deps.scope, { laneId, owner, leaseMs });
    if (!lease) return;
    const held = keeper.hold(lease, askedAtMs);
    const runner = new LaneRunner(deps, held);
    const run = runner.run().finally(async () => {
      keeper.drop(held);
      running.delete(runner);
    });
    running.set(runner, run);
    await run;
    await releaseLane(deps.scope, lease);
  };

  return {
    deliver: async (laneId) => {
      if (!isStopping) await own(laneId);
    },
    refresh: () => {
      for (const runner of running.keys()) runner.refresh();
    },
    stop: async () => {
      isStopping = true;
      for (const runner of running.keys()) runner.stop();
      await Promise.allSettled(running.values());
      keeper.stop();
    },
    get held() {
      return running.size;
    },
  };
}
