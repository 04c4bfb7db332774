/**
 * The sessions to one site from one source: opened by need within the concurrency window, each asking for rows as it can
 * carry them. "A connection once gained is never let go" while there is mail for it. Invariant: sessions ≤ window ≤ caps.
 */
import { createBurstVeto } from '../burst-veto.ts';
import { createConcurrency } from '../concurrency.ts';
import { createSiteBackoff } from '../site-backoff.ts';
import { createSiteLimits, type LearnedLimits, LIMIT_SETTINGS } from '../site-limits.ts';
import type { CampaignFacts, Destination, Now, Row } from './facts.ts';
import { FairQueue } from './fair-queue.ts';
import { feedOf, mayStart, putAside, startsAtMs } from './feed.ts';
import { capOf, livingIn, usefulFor, waitingIn, windowOf } from './session-caps.ts';
import {
  createTally,
  type EngineState,
  type Feed,
  type Lane,
  NOBODY,
  type Pool,
  type Session,
  type SiteMemory,
  type Transaction,
} from './state.ts';
import { heldUntilMs, isProbing, taken } from './veto-steps.ts';

type Site = Extract<Destination, { kind: 'site' }>;

export function poolFor(state: EngineState, lane: Lane, destination: Site): Pool {
  const { site, hosts, profile, learned } = destination;
  let pool = lane.pools.get(site);
  if (!pool) {
    pool = {
      site,
      memory: memoryOf(state, site, lane.facts.source, learned),
      hosts,
      profile,
      queue: new FairQueue(state.settings.retryShare),
      carried: new Map(),
      asking: [],
      sessions: new Set(),
      granted: 0,
      tally: createTally(),
      throttled: new Map(),
      pace: { perMs: 0, done: 0, sinceMonoMs: 0 },
    };
    for (const veto of lane.vetoes) if (veto.site === site) pool.memory.veto.restore(veto);
    lane.pools.set(site, pool);
  }
  pool.hosts = hosts;
  pool.profile = profile;
  pool.memory.concurrency.setCap(capOf(state, profile));
  return pool;
}

/** Staff decided something, or it was learned elsewhere: a pool that stands goes by it from now on. */
export function siteChanged(
  state: EngineState,
  now: Now,
  { laneId, destination }: { laneId: string; destination: Destination },
): void {
  const lane = state.lanes.get(laneId);
  if (!lane || destination.kind !== 'site' || !lane.pools.has(destination.site)) return;
  tend(state, lane, poolFor(state, lane, destination), now);
}

export function granted(
  state: EngineState,
  now: Now,
  { laneId, site, sessions }: { laneId: string; site: string; sessions: number },
): void {
  const lane = state.lanes.get(laneId);
  const pool = lane?.pools.get(site);
  if (!lane || !pool) return;
  pool.granted = sessions;
  tend(state, lane, pool, now);
}

/** A row that is to go now. Whoever brings rows tends the pool behind the last of them: sessions that wait take them together. */
export function enqueue(lane: Lane, feed: Feed, pool: Pool, row: Row, now: Now): void {
  const { retryAtMs } = pool.memory.backoff;
  // A site that is left alone must not fill the lane's room with rows that wait for it.
  if (retryAtMs !== null && retryAtMs > now.wallMs) putAside(feed, row, retryAtMs);
  else if (isStopped(lane, pool, row)) putAside(feed, row, now.wallMs + STOPPED_MS);
  else if (heldUntilMs(pool, row.tenantId, now) > now.wallMs + PROBE_MS)
    putAside(feed, row, heldUntilMs(pool, row.tenantId, now));
  else pool.queue.push(row, feed.campaign.weight);
}

/** Answers sessions that wait, and opens what is missing. To be called when rows came, a session ended, or time passed. */
export function tend(state: EngineState, lane: Lane, pool: Pool, now: Now): void {
  // Who woke up behind the end of its lease opens nothing: the sessions that the cap leaves are another worker's by now.
  if (lane.phase !== 'running' || now.monoMs >= lane.validUntilMonoMs) return;
  const { memory } = pool;
  if (lane.stopped.has(pool.site)) putQueueBack(lane, pool, now.wallMs + STOPPED_MS);
  serve(state, lane, pool, now);
  endSurplus(state, pool);
  if (waitingIn(pool) === 0 || pool.asking.length > 0) return;
  const may = memory.backoff.mayConnect(now.wallMs);
  // While a probe is under way they wait for it here: put back, they would be due, and read again at once.
  const { retryAtMs } = memory.backoff;
  if (may === 'no' && retryAtMs !== null && retryAtMs > now.wallMs)
    putQueueBack(lane, pool, retryAtMs);
  if (may === 'probe' && pool.sessions.size === 0 && windowOf(state, pool) > 0) {
    memory.backoff.onProbeStarted();
    open(state, lane, pool);
  }
  if (may !== 'yes') return;
  const useful = Math.max(1, usefulFor(pool));
  const most = Math.min(windowOf(state, pool), pool.sessions.size + useful);
  if (pool.sessions.size >= most) return;
  const wanted = Math.min(most, mayStand(pool, now));
  while (pool.sessions.size < wanted) open(state, lane, pool);
}

/** Rows for sessions that asked, as long as both are there. */
function serve(state: EngineState, lane: Lane, pool: Pool, now: Now): void {
  while (pool.asking.length > 0) {
    // Last in, first out: what is busy stays warm, what is not needed falls idle and closes.
    const session = pool.asking.at(-1) as Session;
    if (!answer(state, lane, pool, session, now)) return;
    pool.asking.pop();
  }
}

/** Gives the session what it can carry. False: nothing is there for it now. */
export function answer(
  state: EngineState,
  lane: Lane,
  pool: Pool,
  session: Session,
  now: Now,
): boolean {
  const { limits } = pool.memory;
  if (now.monoMs >= lane.validUntilMonoMs || !limits.mayTake(pool.profile.rateMax, now.wallMs))
    return false;
  const carried = takeCarried(state, lane, pool, now);
  const first = carried ?? takeQueued(state, lane, pool, now);
  if (!first) return false;
  const feed = feedOf(lane, first.campaignId) as Feed;
  const rows = [first];
  let carriedOverCount = carried ? 1 : 0;
  if (feed.campaign.mode === 'bulk') {
    const most = isProbing(pool, first.tenantId, now) ? 1 : recipientsMaxOf(state, pool, session);
    const rest = pool.carried.get(first.campaignId) ?? [];
    if (carried) rows.push(...rest.splice(0, most - 1));
    carriedOverCount = carried ? rows.length : 0;
    for (let row: Row | undefined; rows.length < most; rows.push(row)) {
      row = pool.queue.takeAnother(first.tenantId, first.campaignId);
      if (!row) break;
    }
  }
  limits.take(pool.profile.rateMax, now.wallMs, rows.length);
  taken(state, lane, pool, first.tenantId, now);
  throttle(pool, feed.campaign, rows.length, now);
  send(state, lane, session, feed, rows, carriedOverCount, now);
  return true;
}

/** Rows of a campaign that may not go on leave the queue; what is under way ends by its fence. */
export function withdraw(lane: Lane, tenantId: string, campaignId: string, now: Now): void {
  const feed = feedOf(lane, campaignId);
  for (const pool of lane.pools.values()) {
    const rows = [
      ...(pool.carried.get(campaignId) ?? []),
      ...pool.queue.withdraw(tenantId, campaignId),
    ];
    pool.carried.delete(campaignId);
    for (const row of rows) putAside(feed, row, now.wallMs);
  }
}

export function putQueueBack(lane: Lane, pool: Pool, atMs: number): void {
  const rows = [...[...pool.carried.values()].flat(), ...pool.queue.drain()];
  pool.carried.clear();
  for (const row of rows) putAside(feedOf(lane, row.campaignId), row, atMs);
}

/** Idle sessions above the window are no one's: a cap that was lowered binds them too. */
function endSurplus(state: EngineState, pool: Pool): void {
  if (pool.asking.length === 0) return;
  let surplus = livingIn(pool) - windowOf(state, pool);
  for (; surplus > 0 && pool.asking.length > 0; surplus--) {
    const session = pool.asking.shift() as Session;
    session.state = 'ending';
    state.out.push({ type: 'quit', sessionId: session.id });
  }
}

/** What one transaction of this session may carry: learned, announced (RFC 9422) and known, the least of them. */
function recipientsMaxOf(state: EngineState, pool: Pool, session: Session): number {
  const known = pool.profile.recipientsMax ?? state.settings.recipientsPerTransaction;
  return Math.min(
    pool.memory.limits.recipientsMax(known),
    session.announced.recipientsMax ?? Number.POSITIVE_INFINITY,
  );
}

function takeCarried(state: EngineState, lane: Lane, pool: Pool, now: Now): Row | undefined {
  for (const [campaignId, rows] of pool.carried) {
    const feed = feedOf(lane, campaignId);
    if (rows.length === 0) pool.carried.delete(campaignId);
    else if (feed && !mayTenantGo(pool, feed.campaign, now)) continue;
    else if (feed && rows[0] && mayStart(state, feed, rows[0].group, now)) return rows.shift();
    else {
      pool.carried.delete(campaignId);
      for (const row of rows) putAside(feed, row, now.wallMs);
    }
  }
  return undefined;
}

function takeQueued(state: EngineState, lane: Lane, pool: Pool, now: Now): Row | undefined {
  for (;;) {
    const row = pool.queue.take((campaignId) => {
      const campaign = feedOf(lane, campaignId)?.campaign;
      return !campaign || mayTenantGo(pool, campaign, now);
    });
    if (!row) return undefined;
    const feed = feedOf(lane, row.campaignId);
    const isHeld = isStopped(lane, pool, row);
    if (feed && !isHeld && mayStart(state, feed, row.group, now)) return row;
    const startMs = feed?.isRunning ? startsAtMs(state, feed, row.group, now) : now.wallMs;
    putAside(feed, row, isHeld ? Math.max(startMs, now.wallMs + STOPPED_MS) : startMs);
  }
}

/** Neither held up by a block nor ahead of its throttle. */
function mayTenantGo(pool: Pool, { tenantId }: CampaignFacts, now: Now): boolean {
  const throttledUntilMs = pool.throttled.get(tenantId) ?? 0;
  return throttledUntilMs <= now.wallMs && heldUntilMs(pool, tenantId, now) <= now.wallMs;
}

/** Rows are looked at a few times a second: what was not used in the last second may be caught up with. */
function throttle(pool: Pool, { tenantId, rateMax }: CampaignFacts, count: number, now: Now): void {
  if (rateMax === undefined) {
    pool.throttled.delete(tenantId);
    return;
  }
  const fromMs = Math.max(pool.throttled.get(tenantId) ?? 0, now.wallMs - 1_000);
  pool.throttled.set(tenantId, fromMs + (count * 1_000) / rateMax);
}

function send(
  state: EngineState,
  lane: Lane,
  session: Session,
  feed: Feed,
  rows: Row[],
  carriedOverCount: number,
  now: Now,
): void {
  const { mode, campaignId } = feed.campaign;
  const first = rows[0] as Row;
  const transaction: Transaction = {
    id: ++state.lastId,
    session,
    laneId: lane.facts.laneId,
    campaignId,
    groups: rows.length === 1 ? [first.group] : [...new Set(rows.map((row) => row.group))],
    rows,
    startedMs: now.monoMs,
    fence: 'none',
    asked: NOBODY,
    held: NOBODY,
    early: [],
    open: [],
    isCompleted: false,
    isOver: false,
  };
  state.transactions.set(transaction.id, transaction);
  state.out.push({
    type: 'send',
    sessionId: session.id,
    transactionId: transaction.id,
    laneId: transaction.laneId,
    mode,
    rows,
    carriedOverCount,
  });
}

function open(state: EngineState, lane: Lane, pool: Pool): void {
  const session: Session = {
    id: ++state.lastId,
    laneId: lane.facts.laneId,
    site: pool.site,
    pool,
    state: 'opening',
    announced: {},
    lastResultMonoMs: 0,
  };
  state.sessions.set(session.id, session);
  pool.sessions.add(session);
  state.out.push({
    type: 'open-session',
    sessionId: session.id,
    laneId: session.laneId,
    site: pool.site,
    host: pool.memory.host,
    limits: {
      transactionsMax: pool.memory.limits.transactionsMax(pool.profile.transactionsMax),
    },
  });
}

/**
 * As many as the site is known to take, at once; beyond that one at a time, and none for a while after one was refused:
 * a carrier that is asked for six sessions when it allows five should refuse one, not a burst of them.
 */
function mayStand(pool: Pool, now: Now): number {
  const { taken, holdUntilMs } = pool.memory;
  if (pool.sessions.size === 0) return Math.max(1, taken);
  if (pool.sessions.size < taken || now.wallMs < holdUntilMs) return taken;
  for (const { state } of pool.sessions) if (state === 'opening') return pool.sessions.size;
  return pool.sessions.size + 1;
}

/** By staff: its site or its domain. */
function isStopped(lane: Lane, pool: Pool, row: Row): boolean {
  return lane.stopped.size > 0 && (lane.stopped.has(pool.site) || lane.stopped.has(row.domain));
}

function memoryOf(
  state: EngineState,
  site: string,
  source: string,
  learned: LearnedLimits | undefined,
): SiteMemory {
  const key = `${site}|${source}`;
  const kept = state.sites.get(key);
  if (kept) return kept;
  const { sessionsAtStart, sessionsPerSite, backoff, recipientsPerTransaction } = state.settings;
  // Far more sites than a worker talks to in a day; the oldest are forgotten first.
  const [oldest] = state.sites.keys();
  if (state.sites.size >= SITES_MAX && oldest !== undefined) state.sites.delete(oldest);
  const fresh: SiteMemory = {
    concurrency: createConcurrency({
      initial: Math.min(sessionsAtStart, sessionsPerSite),
      cap: sessionsPerSite,
    }),
    backoff: createSiteBackoff(backoff),
    limits: createSiteLimits(
      { ...LIMIT_SETTINGS, recipientsMax: recipientsPerTransaction },
      learned,
    ),
    savedRevision: 0,
    veto: createBurstVeto(state.settings.veto),
    domains: new Set(),
    holdUntilMs: 0,
    failuresInRow: 0,
    trouble: undefined,
    taken: Math.min(sessionsAtStart, sessionsPerSite),
    host: 0,
  };
  state.sites.set(key, fresh);
  return fresh;
}

/** A probe answers within that: rows wait for it in the queue. */
const PROBE_MS = 60_000;
/** What is stopped is looked at again when staff let it go; until then, seldom. */
const STOPPED_MS = 60_000;
const SITES_MAX = 50_000;
