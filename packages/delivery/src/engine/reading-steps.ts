/**
 * From the database to the queues: which campaign is read next, and where its rows go. Rows are claimed by nobody: the
 * lane has one owner. Invariant: a row that is in memory already, or was settled meanwhile, is not admitted again.
 */
import type { Command } from './commands.ts';
import { endRows } from './end-rows.ts';
import type { Event, FoundRow } from './events.ts';
import type { Destination, Now, Row } from './facts.ts';
import { feedOf, forget, hasUnread, isReadable, putAside, startsAtMs, windowOf } from './feed.ts';
import { enqueue, poolFor, tend } from './pool-steps.ts';
import type { EngineState, Feed, Lane } from './state.ts';
import { bounceUnroutable } from './transaction-steps.ts';

type On<T extends Event['type']> = Extract<Event, { type: T }>;
type Read = Extract<Command, { type: 'read-rows' | 'read-retries' }>;

/** Asks for rows while there is room for them; campaigns take turns. */
export function readOn(state: EngineState, lane: Lane, now: Now): void {
  if (lane.phase !== 'running') return;
  const room = roomOf(state, lane);
  if (room <= 0) return;
  const readable = [...lane.feeds.values()].filter((feed) => isReadable(state, feed, now));
  if (readable.length === 0) return;
  const limit = Math.max(1, Math.ceil(room / readable.length));
  // Many small campaigns: a few at a time, or a hundred statements would ask for two rows each.
  for (let i = 0; i < Math.min(readable.length, READS_MAX); i++) {
    const feed = readable[lane.turn++ % readable.length] as Feed;
    if (!feed.isReading) readFeed(state, lane, feed, now, Math.max(limit, READ_MIN));
  }
}

/** A session has taken what it needs: the next rows are on their way before the last are gone. */
export function readAhead(state: EngineState, now: Now, sessionId: number): void {
  const lane = state.lanes.get(state.sessions.get(sessionId)?.laneId ?? '');
  if (!lane || now.monoMs < lane.readAheadAtMonoMs) return;
  lane.readAheadAtMonoMs = now.monoMs + READ_AHEAD_PAUSE_MS;
  readOn(state, lane, now);
}

export function rowsRead(state: EngineState, now: Now, event: On<'rows-read'>): void {
  const lane = state.lanes.get(event.laneId);
  const feed = feedOf(lane, event.campaignId);
  if (!lane || !feed) return;
  feed.isReading = false;
  if (!event.isRetries && !feed.isReadStale) {
    const last = event.rows.at(-1);
    if (last) feed.cursor = last.row.id;
    feed.isAtEnd = event.isEnd;
    if (event.isEnd && !feed.campaign.isCut) feed.pollAtMs = now.wallMs + POLL_MS;
  }
  feed.isReadStale = false;
  const expired: Row[] = [];
  for (const found of event.rows) admit(state, lane, feed, found, now, expired);
  feed.settledMeanwhile.clear();
  endExpired(state, lane, feed, expired);
  tendPools(state, lane, now);
  readOn(state, lane, now);
}

export function readFailed(state: EngineState, now: Now, command: Read): void {
  const feed = feedOf(state.lanes.get(command.laneId), command.campaignId);
  if (!feed) return;
  feed.isReading = false;
  feed.isReadStale = false;
  feed.settledMeanwhile.clear();
  feed.pollAtMs = now.wallMs + AGAIN_MS;
  if (command.type === 'read-retries')
    for (const id of command.ids) feed.later.push(id, now.wallMs + AGAIN_MS);
}

export function destinationFound(
  state: EngineState,
  now: Now,
  event: On<'destination-found'>,
): void {
  const lane = state.lanes.get(event.laneId);
  const rows = lane?.unresolved.get(event.domain);
  if (!lane || !rows) return;
  lane.unresolved.delete(event.domain);
  for (const row of rows) {
    const feed = feedOf(lane, row.campaignId);
    if (!feed?.outstanding.has(row.id)) continue;
    if (lane.phase === 'running' && feed.isRunning)
      place(state, lane, feed, row, event.destination, now);
    else putAside(feed, row, now.wallMs);
  }
  tendPools(state, lane, now);
}

export function ended(state: EngineState, event: On<'ended'>): void {
  const feed = feedOf(state.lanes.get(event.laneId), event.campaignId);
  for (const id of event.ids) forget(feed, id);
}

export function endFailed(
  state: EngineState,
  now: Now,
  command: Extract<Command, { type: 'end-waiting' }>,
): void {
  const feed = feedOf(state.lanes.get(command.laneId), command.campaignId);
  for (const id of command.ids) {
    const row = feed?.outstanding.get(id);
    if (row) putAside(feed, row, now.wallMs + AGAIN_MS);
  }
}

export function refusalExplained(
  state: EngineState,
  now: Now,
  { laneId, row, isEnded }: { laneId: string; row: Row; isEnded: boolean },
): void {
  const feed = feedOf(state.lanes.get(laneId), row.campaignId);
  if (isEnded) forget(feed, row.id);
  // The reason shows with the next look at the campaign: do not ask again at once.
  else putAside(feed, row, now.wallMs + AGAIN_MS);
}

function readFeed(state: EngineState, lane: Lane, feed: Feed, now: Now, limit: number): void {
  const { tenantId, campaignId } = feed.campaign;
  const of = { laneId: lane.facts.laneId, tenantId, campaignId };
  const ids = feed.later.take(now.wallMs, retriesMax(state, feed, limit));
  const due = ids.filter((id) => !feed.outstanding.has(id));
  if (due.length > 0) state.out.push({ type: 'read-retries', ...of, ids: due });
  else if (hasUnread(feed))
    state.out.push({ type: 'read-rows', ...of, afterId: feed.cursor, limit });
  else return;
  feed.wasReadForRetries = due.length > 0;
  feed.isReading = true;
}

/** Read in turn with first attempts while there are any: a queue full of retries has nothing to share its turns with. */
function retriesMax(state: EngineState, feed: Feed, limit: number): number {
  if (feed.isAtEnd) return limit;
  return feed.wasReadForRetries ? 0 : Math.ceil(limit * state.settings.retryShare);
}

function admit(
  state: EngineState,
  lane: Lane,
  feed: Feed,
  { row, destination }: FoundRow,
  now: Now,
  expired: Row[],
): void {
  if (feed.outstanding.has(row.id) || feed.settledMeanwhile.has(row.id)) return;
  if (now.wallMs >= windowOf(feed, row.group).expiresAtMs) {
    feed.outstanding.set(row.id, row);
    expired.push(row);
    return;
  }
  if (row.nextAttemptMs > now.wallMs) {
    feed.later.push(row.id, row.nextAttemptMs);
    return;
  }
  feed.outstanding.set(row.id, row);
  if (lane.phase !== 'running' || !feed.isRunning) putAside(feed, row, now.wallMs);
  else if (destination) place(state, lane, feed, row, destination, now);
  else if (lane.unresolved.has(row.domain)) lane.unresolved.get(row.domain)?.push(row);
  else lane.unresolved.set(row.domain, [row]);
}

/** What was quarantined and had its time is a bounce by a block, and no fault of the address. */
function endExpired(state: EngineState, lane: Lane, feed: Feed, rows: readonly Row[]): void {
  const idsOf = (isQuarantined: boolean) =>
    rows.filter((row) => (row.isQuarantined === true) === isQuarantined).map(({ id }) => id);
  const [plain, blocked] = [idsOf(false), idsOf(true)];
  if (plain.length > 0) endRows(state, lane, feed, plain, 'expired', 'expired');
  if (blocked.length > 0) endRows(state, lane, feed, blocked, 'bounced', 'reputation');
}

function place(
  state: EngineState,
  lane: Lane,
  feed: Feed,
  row: Row,
  destination: Destination,
  now: Now,
): void {
  const startMs = startsAtMs(state, feed, row.group, now);
  if (startMs > now.wallMs) putAside(feed, row, startMs);
  else if (destination.kind === 'site')
    enqueue(lane, feed, poolFor(state, lane, destination), row, now);
  else if (destination.kind === 'permanent') bounceUnroutable(state, lane, row, destination, now);
  // A name that cannot be looked up is the site's failure: no attempt is counted.
  else putAside(feed, row, now.wallMs + state.settings.backoff.minDelayMs);
}

/** Sessions that wait take the new rows, and where none stands yet one is opened, now and not with the next tick. */
function tendPools(state: EngineState, lane: Lane, now: Now): void {
  for (const pool of lane.pools.values()) tend(state, lane, pool, now);
}

/** How many rows may be read: enough that no session waits for one, and no more than that. */
function roomOf(state: EngineState, lane: Lane): number {
  let queued = 0;
  let sessions = 0;
  for (const pool of lane.pools.values()) {
    queued += pool.queue.size;
    sessions += pool.sessions.size;
  }
  for (const rows of lane.unresolved.values()) queued += rows.length;
  const perSession = hasBulk(lane)
    ? TRANSACTIONS_AHEAD * state.settings.recipientsPerTransaction
    : MESSAGES_AHEAD;
  const target = Math.max(ROWS_AHEAD_MIN, sessions * perSession);
  return queued < target / 2 ? target - queued : 0;
}

function hasBulk(lane: Lane): boolean {
  for (const { campaign } of lane.feeds.values()) if (campaign.mode === 'bulk') return true;
  return false;
}

/** For each session: it is half of that when the next rows are asked for, and they are a while on their way. */
const TRANSACTIONS_AHEAD = 4;
const MESSAGES_AHEAD = 8;
const ROWS_AHEAD_MIN = 200;
/** Rows that cannot go are looked at no more often than this, however many sessions ask. */
const READ_AHEAD_PAUSE_MS = 25;
const READS_MAX = 8;
const READ_MIN = 20;
const POLL_MS = 100;
const AGAIN_MS = 1_000;
