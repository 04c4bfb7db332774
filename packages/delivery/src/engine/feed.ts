/** Questions about one campaign's rows in one lane: may it start, what is due when. Nothing here gives commands. */
import { createDueHeap } from '../due-heap.ts';
import type { CampaignFacts, Now, Row } from './facts.ts';
import { createTally, type EngineState, type Feed, type GroupWindow, type Lane } from './state.ts';

/** No group: only the windows that bind everybody. */
export const EVERY_GROUP = '';

export function createFeed(campaign: CampaignFacts): Feed {
  return {
    campaign,
    isRunning: true,
    cursor: '0',
    isAtEnd: false,
    isReading: false,
    isReadStale: false,
    wasReadForRetries: false,
    pollAtMs: 0,
    later: createDueHeap(),
    outstanding: new Map(),
    settledMeanwhile: new Set(),
    groups: new Map(),
    tally: createTally(),
  };
}

/** What the database says of the campaign now; a raised rescan epoch starts the reading over. */
export function updateFeed(feed: Feed, campaign: CampaignFacts): void {
  const before = feed.campaign;
  feed.campaign = campaign;
  if (campaign.rescanEpoch !== before.rescanEpoch) rescan(feed);
  // What was read to its end was not the whole audience yet.
  else if (campaign.isCut && !before.isCut) readOnBehindCut(feed);
  const isSame =
    campaign.windowsKey === before.windowsKey &&
    campaign.openSinceMs === before.openSinceMs &&
    campaign.expiryMs === before.expiryMs &&
    campaign.expiresByMs === before.expiresByMs;
  if (!isSame) feed.groups.clear();
}

/** The reading starts over: rows may wait where it has been. */
export function rescan(feed: Feed): void {
  feed.cursor = '0';
  feed.isAtEnd = false;
  feed.isReadStale = feed.isReading;
  feed.later.clear();
}

/** The last rows may have come after the last reading, or after the one under way was answered. */
function readOnBehindCut(feed: Feed): void {
  feed.isAtEnd = false;
  feed.isReadStale = feed.isReading;
}

export function windowOf(feed: Feed, group: string): GroupWindow {
  let window = feed.groups.get(group);
  if (!window) {
    const { clockOf, openSinceMs, expiryMs, expiresByMs } = feed.campaign;
    const clock = clockOf(group);
    const expiresAtMs = Math.min(expiresByMs, clock.addOpenTime(openSinceMs, expiryMs));
    window = { clock, expiresAtMs };
    feed.groups.set(group, window);
  }
  return window;
}

/** Whether a transaction to this group may begin now. */
export function mayStart(state: EngineState, feed: Feed, group: string, now: Now): boolean {
  if (!feed.isRunning) return false;
  const { mailMs, openMs } = state.settings.margins;
  const opening = windowOf(feed, group).clock.stateAt(now.wallMs - openMs);
  return opening.open && opening.closesAtMs - now.wallMs > mailMs;
}

/** Whether a message to this group may be fenced, or completed, now. */
export function mayFence(state: EngineState, feed: Feed, group: string, now: Now): boolean {
  const opening = windowOf(feed, group).clock.stateAt(now.wallMs);
  return opening.open && opening.closesAtMs - now.wallMs > state.settings.margins.fenceMs;
}

/** When a transaction to this group may begin: now, or a moment behind the next opening. Infinity where it never opens. */
export function startsAtMs(state: EngineState, feed: Feed, group: string, now: Now): number {
  const { clock } = windowOf(feed, group);
  const { mailMs, openMs } = state.settings.margins;
  const opening = clock.stateAt(now.wallMs - openMs);
  if (!opening.open) return opening.opensAtMs + openMs;
  if (opening.closesAtMs - now.wallMs > mailMs) return now.wallMs;
  const after = clock.stateAt(opening.closesAtMs);
  return after.open ? opening.closesAtMs : after.opensAtMs + openMs;
}

/** Whether there may be rows that were never read: until the audience is cut, more may come. */
export function hasUnread(feed: Feed): boolean {
  return !feed.isAtEnd || !feed.campaign.isCut;
}

/** Whether a reading may bring something now. */
export function isReadable(state: EngineState, feed: Feed, now: Now): boolean {
  if (!feed.isRunning || feed.isReading || now.wallMs < feed.pollAtMs) return false;
  const isOpen = mayStart(state, feed, EVERY_GROUP, now);
  if (!isOpen && now.wallMs < windowOf(feed, EVERY_GROUP).expiresAtMs) return false;
  return feed.later.nextMs <= now.wallMs || hasUnread(feed);
}

/** When it is due next: 'now' while rows are under way or unread, 'done' when nothing is left. */
export function nextDue(state: EngineState, feed: Feed, now: Now): number | 'now' | 'done' {
  if (feed.outstanding.size > 0 || feed.isReading) return 'now';
  if (!feed.isRunning) return Number.POSITIVE_INFINITY;
  const isUnread = hasUnread(feed);
  if (!isUnread && feed.later.size === 0) return 'done';
  const dueAtMs = isUnread ? now.wallMs : feed.later.nextMs;
  const { expiresAtMs } = windowOf(feed, EVERY_GROUP);
  const opensAtMs = startsAtMs(state, feed, EVERY_GROUP, now);
  const nextMs = Math.max(dueAtMs, Math.min(opensAtMs, expiresAtMs));
  if (nextMs > now.wallMs) return Number.isFinite(nextMs) ? nextMs : now.wallMs + NEVER_LOOKED_MS;
  return 'now';
}

/** The row waits in the database as before; it is looked at again at `atMs`. */
export function putAside(feed: Feed | undefined, row: Row, atMs: number): void {
  if (!feed?.outstanding.delete(row.id)) return;
  feed.later.push(row.id, atMs);
}

/** The row has left the lane's hands for good. */
export function forget(feed: Feed | undefined, id: string): void {
  if (!feed) return;
  feed.outstanding.delete(id);
  if (feed.isReading) feed.settledMeanwhile.add(id);
}

export function feedOf(lane: Lane | undefined, campaignId: string): Feed | undefined {
  return lane?.feeds.get(campaignId);
}

/** Windows that never open together were refused where they entered; should they meet all the same, look now and then. */
const NEVER_LOOKED_MS = 3_600_000;
