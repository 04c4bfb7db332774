/**
 * A lane from its lease to its return. Invariants: nothing begins before the lost rows of an earlier owner are unknown;
 * the lease is given back only when nothing of the lane is under way or in memory.
 */
import type { Command } from './commands.ts';
import type { Event } from './events.ts';
import type { CampaignFacts, Now } from './facts.ts';
import { createFeed, nextDue, putAside, rescan, updateFeed } from './feed.ts';
import { measurePace, saveLearned } from './learning-steps.ts';
import { putQueueBack, tend, withdraw } from './pool-steps.ts';
import { readOn } from './reading-steps.ts';
import { cutSessions, destroySessions, endSessions } from './session-steps.ts';
import type { EngineState, Feed, Lane } from './state.ts';

type On<T extends Event['type']> = Extract<Event, { type: T }>;

export function acquired(state: EngineState, event: On<'lane-acquired'>): void {
  const { laneId, epoch } = event.lane;
  state.lanes.set(laneId, {
    facts: event.lane,
    validUntilMonoMs: event.validUntilMonoMs,
    phase: 'reaping',
    isLost: false,
    vetoes: event.vetoes ?? [],
    feeds: new Map(),
    pools: new Map(),
    unresolved: new Map(),
    stopped: new Set(),
    isReadingCampaigns: false,
    refreshAtMs: 0,
    turn: 0,
    readAheadAtMonoMs: 0,
    retryAtMs: Number.POSITIVE_INFINITY,
    endingSinceMonoMs: 0,
  });
  state.out.push({ type: 'reap', laneId, epoch });
}

export function renewed(state: EngineState, event: On<'lease-renewed'>): void {
  const lane = state.lanes.get(event.laneId);
  if (lane) lane.validUntilMonoMs = event.validUntilMonoMs;
}

/** Whatever is under way must not be completed; what was completed is still settled. */
export function lost(state: EngineState, now: Now, laneId: string): void {
  const lane = state.lanes.get(laneId);
  if (!lane || lane.isLost) return;
  lane.isLost = true;
  if (isOver(state, lane, now)) destroySessions(state, lane);
  else cutSessions(state, lane);
  beginEnding(state, lane, now);
}

/** The next owner may hold the lane: its sessions and ours would stand side by side. */
function isOver(state: EngineState, lane: Lane, now: Now): boolean {
  return lane.isLost && now.monoMs >= lane.validUntilMonoMs + state.settings.leaseGraceMs;
}

export function reaped(state: EngineState, now: Now, laneId: string): void {
  const lane = state.lanes.get(laneId);
  if (lane?.phase !== 'reaping') return;
  lane.phase = 'running';
  tendLane(state, lane, now);
}

export function campaignsRead(state: EngineState, now: Now, event: On<'campaigns-read'>): void {
  const lane = state.lanes.get(event.laneId);
  if (!lane) return;
  lane.isReadingCampaigns = false;
  if (lane.phase !== 'running') return;
  stopOrLetGo(lane, event.stopped);
  const seen = new Set<string>();
  for (const campaign of event.campaigns) {
    seen.add(campaign.campaignId);
    meet(lane, campaign);
  }
  for (const [campaignId, feed] of lane.feeds) {
    if (seen.has(campaignId)) continue;
    if (feed.isRunning) withdraw(lane, feed.campaign.tenantId, campaignId, now);
    feed.isRunning = false;
    // Forgotten when its last row is back; it is read anew when it runs again.
    if (feed.outstanding.size === 0 && !feed.isReading) lane.feeds.delete(campaignId);
  }
  retire(state, lane, now);
  readOn(state, lane, now);
}

export function failed(
  state: EngineState,
  now: Now,
  command: Extract<Command, { type: 'reap' | 'read-campaigns' }>,
): void {
  const lane = state.lanes.get(command.laneId);
  if (!lane) return;
  if (command.type === 'reap') lane.retryAtMs = now.wallMs + AGAIN_MS;
  else {
    lane.isReadingCampaigns = false;
    lane.refreshAtMs = now.wallMs + AGAIN_MS;
  }
}

export function refresh(state: EngineState, now: Now): void {
  for (const lane of state.lanes.values()) {
    lane.refreshAtMs = 0;
    if (lane.phase === 'running') tendLane(state, lane, now);
  }
}

export function stop(state: EngineState, now: Now): void {
  state.isStopping = true;
  for (const lane of state.lanes.values()) beginEnding(state, lane, now);
}

export function tick(state: EngineState, now: Now): void {
  for (const lane of state.lanes.values()) {
    if (!lane.isLost && now.monoMs >= lane.validUntilMonoMs) lost(state, now, lane.facts.laneId);
    if (lane.phase === 'reaping') reapAgain(state, lane, now);
    if (lane.phase === 'running') tendLane(state, lane, now);
    const isLate =
      now.monoMs - lane.endingSinceMonoMs > state.settings.drainMs || isOver(state, lane, now);
    if (lane.phase === 'ending' && isLate) destroySessions(state, lane);
  }
}

/** Gives back the lanes of which nothing is under way any more. Called after every event. */
export function settleEndings(state: EngineState, now: Now): void {
  for (const lane of state.lanes.values()) {
    if (lane.phase === 'ending' && !isBusy(lane)) giveBack(state, lane, now);
  }
}

function tendLane(state: EngineState, lane: Lane, now: Now): void {
  if (!lane.isReadingCampaigns && now.wallMs >= lane.refreshAtMs) {
    lane.isReadingCampaigns = true;
    lane.refreshAtMs = now.wallMs + state.settings.refreshMs;
    state.out.push({ type: 'read-campaigns', laneId: lane.facts.laneId });
  }
  retire(state, lane, now);
  readOn(state, lane, now);
  for (const pool of lane.pools.values()) {
    measurePace(pool, now);
    saveLearned(state, lane, pool);
    tend(state, lane, pool, now);
  }
  if (!lane.isReadingCampaigns && isIdle(state, lane, now)) beginEnding(state, lane, now);
}

function meet(lane: Lane, campaign: CampaignFacts): void {
  const feed = lane.feeds.get(campaign.campaignId);
  if (feed?.isRunning) updateFeed(feed, campaign);
  // Stopped and resumed in between: it begins anew, once the last row of before is back.
  else if (!feed || (feed.outstanding.size === 0 && !feed.isReading))
    lane.feeds.set(campaign.campaignId, createFeed(campaign));
}

/** What staff let go again is not among what is due next: the reading starts over. */
function stopOrLetGo(lane: Lane, stopped: readonly string[]): void {
  const before = lane.stopped;
  lane.stopped = new Set(stopped);
  const isLetGo = [...before].some((key) => !lane.stopped.has(key));
  if (isLetGo) for (const feed of lane.feeds.values()) rescan(feed);
}

/** Campaigns that have nothing left here are said to be done at once, whatever else the lane still has to do. */
function retire(state: EngineState, lane: Lane, now: Now): void {
  for (const [campaignId, feed] of lane.feeds) {
    if (nextDue(state, feed, now) !== 'done') continue;
    sayDue(state, lane, feed, 'done');
    lane.feeds.delete(campaignId);
  }
}

function isIdle(state: EngineState, lane: Lane, now: Now): boolean {
  for (const feed of lane.feeds.values()) {
    const next = nextDue(state, feed, now);
    if (next === 'now' || (next !== 'done' && next < now.wallMs + state.settings.keepMs))
      return false;
  }
  return true;
}

function beginEnding(state: EngineState, lane: Lane, now: Now): void {
  if (lane.phase === 'ending') return;
  lane.phase = 'ending';
  lane.endingSinceMonoMs = now.monoMs;
  for (const pool of lane.pools.values()) putQueueBack(lane, pool, now.wallMs);
  for (const rows of lane.unresolved.values())
    for (const row of rows) putAside(lane.feeds.get(row.campaignId), row, now.wallMs);
  lane.unresolved.clear();
  endSessions(state, lane);
}

function isBusy(lane: Lane): boolean {
  if (lane.isReadingCampaigns) return true;
  for (const pool of lane.pools.values()) if (pool.sessions.size > 0) return true;
  for (const feed of lane.feeds.values())
    if (feed.outstanding.size > 0 || feed.isReading) return true;
  return false;
}

function giveBack(state: EngineState, lane: Lane, now: Now): void {
  const { laneId } = lane.facts;
  state.lanes.delete(laneId);
  if (lane.isLost) {
    state.out.push({ type: 'drop-lane', laneId });
    return;
  }
  for (const feed of lane.feeds.values()) {
    if (!feed.isRunning) continue;
    const next = state.isStopping ? 'now' : nextDue(state, feed, now);
    sayDue(state, lane, feed, next === 'now' ? now.wallMs : next);
  }
  state.out.push({ type: 'release-lane', laneId });
}

function sayDue(state: EngineState, lane: Lane, feed: Feed, next: number | 'done'): void {
  const { tenantId, campaignId, rescanEpoch } = feed.campaign;
  state.out.push({
    type: 'say-due',
    laneId: lane.facts.laneId,
    tenantId,
    campaignId,
    rescanEpoch,
    next,
  });
}

function reapAgain(state: EngineState, lane: Lane, now: Now): void {
  if (now.wallMs < lane.retryAtMs) return;
  lane.retryAtMs = Number.POSITIVE_INFINITY;
  state.out.push({ type: 'reap', laneId: lane.facts.laneId, epoch: lane.facts.epoch });
}

const AGAIN_MS = 1_000;
