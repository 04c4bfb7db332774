/**
 * Caps on sessions that several lanes share, on this or another worker: says what the lanes of this process want and hold, and
 * tells the core what they were granted. Invariant: what binds a lane here is never more than what Postgres keeps for it.
 */
import type { WorkerScope } from '@hikyaku/db';
import { type SiteShare, shareSessions } from '@hikyaku/db/worker';
import {
  divideSessions,
  type EngineState,
  type Event,
  grantSessions,
  type SiteClaim,
  siteClaims,
} from '@hikyaku/delivery';
import type { Logger } from 'pino';

export interface SiteShares {
  stop(): void;
}

export function createSiteShares(
  scope: WorkerScope,
  state: Readonly<EngineState>,
  everyMs: number,
  logger: Logger,
  dispatch: (event: Event) => void,
): SiteShares {
  let isAsking = false;

  const round = async () => {
    const claims = siteClaims(state);
    if (claims.length === 0) return;
    /** What each lane should come to. */
    const targets = new Map<string, number>();
    const asked = claims.map(({ granted, held, ...claim }) => ({
      ...claim,
      bound: Math.max(granted, held),
    }));
    const bySite = Map.groupBy(claims, ({ site }) => site);
    const grant = (site: string, shares: readonly SiteShare[], turn: number) => {
      const own = bySite.get(site) ?? [];
      const { caps } = own[0] as SiteClaim;
      for (const [laneId, target] of divideSessions(shares, caps, turn))
        targets.set(`${laneId} ${site}`, target);
      return grantSessions(shares, new Set(own.map(({ laneId }) => laneId)), caps, turn);
    };
    for (const shares of await shareSessions(scope, asked, grant)) {
      for (const { laneId, site, granted } of shares) {
        const claim = bySite.get(site)?.find((one) => one.laneId === laneId);
        // Who has more than its part shrinks first; Postgres hears of it with the next round, when the sessions have ended.
        const sessions = Math.min(granted, targets.get(`${laneId} ${site}`) ?? 0);
        if (claim && claim.granted !== sessions)
          dispatch({ type: 'sessions-granted', laneId, site, sessions });
      }
    }
  };

  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    round()
      .catch((error: unknown) =>
        logger.warn(
          { err: error },
          'caps on sessions could not be shared out; none grows meanwhile',
        ),
      )
      .finally(() => {
        isAsking = false;
      });
  }, everyMs);

  return { stop: () => clearInterval(timer) };
}
