/**
 * How many sessions a pool may hold: feedback, the profile, settings, and where a cap binds several lanes or workers, what was
 * granted of it. Invariant: a pool opens nothing above the least of them; what stands above ends as soon as it can.
 */
import type { SiteProfile } from './facts.ts';
import { hasUnread } from './feed.ts';
import type { EngineState, Lane, Pool } from './state.ts';

/** Sessions that may be open now. */
export function windowOf(state: EngineState, pool: Pool): number {
  const own = Math.min(pool.memory.concurrency.window, capOf(state, pool.profile));
  return isGranted(state, pool) ? Math.min(own, pool.granted) : own;
}

/** By profile and settings, for this lane alone. */
export function capOf(state: EngineState, { sessionsMax, sessionsMaxAll }: SiteProfile): number {
  const { sessionsPerSite } = state.settings;
  return Math.min(sessionsPerSite, sessionsMax ?? Infinity, sessionsMaxAll ?? Infinity);
}

/**
 * What each pool wants of a cap that it shares, and what it holds. Whoever divides the cap answers with `sessions-granted`,
 * and never grants more than is left beside what all the others hold or were granted.
 */
export function siteClaims(state: Readonly<EngineState>): SiteClaim[] {
  const claims: SiteClaim[] = [];
  for (const [laneId, lane] of state.lanes) {
    for (const pool of lane.pools.values()) {
      if (!isGranted(state, pool)) continue;
      const { site, granted, profile } = pool;
      const { sessionsMax, sessionsMaxAll } = profile;
      const { source, epoch } = lane.facts;
      const held = pool.sessions.size;
      const want = lane.phase === 'running' && !lane.isLost ? wantOf(state, lane, pool) : 0;
      const caps = { source: sessionsMax, all: sessionsMaxAll };
      if (want + held + granted > 0)
        claims.push({ laneId, epoch, site, source, want, held, granted, caps });
    }
  }
  return claims;
}

export function livingIn(pool: Pool): number {
  let living = 0;
  for (const session of pool.sessions) if (session.state !== 'ending') living += 1;
  return living;
}

export function waitingIn(pool: Pool): number {
  let carried = 0;
  for (const rows of pool.carried.values()) carried += rows.length;
  return pool.queue.size + carried;
}

/** How many sessions beside those that are busy would have something to do. */
export function usefulFor(pool: Pool): number {
  return Math.ceil(waitingIn(pool) / ROWS_PER_SESSION);
}

function isGranted({ settings }: Readonly<EngineState>, { profile }: Pool): boolean {
  const { sessionsMax, sessionsMaxAll } = profile;
  return (
    settings.areCapsGranted === true && (sessionsMax !== undefined || sessionsMaxAll !== undefined)
  );
}

/** Sessions that wait for rows which are being read are not given up: a connection once gained is kept while there is mail for it. */
function wantOf(state: Readonly<EngineState>, lane: Lane, pool: Pool): number {
  const busy = livingIn(pool) - (isReadOn(lane) ? 0 : pool.asking.length);
  const most = Math.min(pool.memory.concurrency.window, capOf(state, pool.profile));
  return Math.min(most, busy + usefulFor(pool));
}

function isReadOn({ feeds }: Lane): boolean {
  for (const feed of feeds.values()) if (feed.isRunning && hasUnread(feed)) return true;
  return false;
}

/** Below this many waiting rows a further session costs more than it brings. */
const ROWS_PER_SESSION = 4;

export type SiteClaim = {
  laneId: string;
  epoch: number;
  site: string;
  source: string;
  /** Sessions that it could use now. */
  want: number;
  /** Open, opening and ending. */
  held: number;
  granted: number;
  /** Undefined: no such cap. */
  caps: { source?: number; all?: number };
};
