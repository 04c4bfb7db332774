/**
 * Lanes in the database: leases on its own clock, what is due, what is left behind, and the end of campaigns, which a
 * count decides. As packages/db/src/lane and launch/campaign-timer.ts write it in SQL.
 */
import type { Campaign, Lane, LaneCampaign, Tables } from './tables.ts';

/** The lane, if its former lease has run out or was given back. */
export function acquireLane(
  tables: Tables,
  { laneId, owner, leaseMs }: { laneId: string; owner: string; leaseMs: number },
  nowMs: number,
): Lane | undefined {
  const lane = tables.lanes.get(laneId);
  if (lane === undefined) return undefined;
  if (lane.leaseUntilMs !== null && lane.leaseUntilMs > nowMs) return undefined;
  lane.owner = owner;
  lane.epoch += 1;
  lane.leaseUntilMs = nowMs + leaseMs;
  return { ...lane };
}

/** Those whose lease still was ours. */
export function renewLanes(
  tables: Tables,
  leases: readonly { laneId: string; epoch: number }[],
  leaseMs: number,
  nowMs: number,
): Set<string> {
  const renewed = new Set<string>();
  for (const { laneId, epoch } of leases) {
    const lane = tables.lanes.get(laneId);
    if (lane === undefined || lane.epoch !== epoch) continue;
    if (lane.leaseUntilMs === null || lane.leaseUntilMs <= nowMs) continue;
    lane.leaseUntilMs = nowMs + leaseMs;
    renewed.add(laneId);
  }
  return renewed;
}

export function releaseLane(tables: Tables, lease: { laneId: string; epoch: number }): void {
  const lane = tables.lanes.get(lease.laneId);
  if (lane === undefined || lane.epoch !== lease.epoch) return;
  lane.owner = null;
  lane.leaseUntilMs = null;
}

/** The running campaigns of active tenants that are not done in this lane. */
export function readLaneCampaigns(tables: Tables, laneId: string, nowMs: number): Campaign[] {
  if (tables.stops.has('everything') || tables.stops.has(`lane:${laneId}`)) return [];
  return tables.laneCampaigns
    .filter((lc) => lc.laneId === laneId && !lc.isDone)
    .map((lc) => tables.campaigns.get(lc.campaignId) as Campaign)
    .filter((campaign) => isSending(tables, campaign, nowMs));
}

/** `done` is refused where rows became waiting again behind the reader. */
export function setLaneDue(
  tables: Tables,
  due: { laneId: string; campaignId: string; rescanEpoch: number; next: number | 'done' },
): void {
  const campaign = tables.campaigns.get(due.campaignId);
  const entry = tables.laneCampaigns.find(
    (lc) => lc.laneId === due.laneId && lc.campaignId === due.campaignId,
  );
  if (campaign === undefined || entry === undefined) return;
  if (campaign.rescanEpoch !== due.rescanEpoch) return;
  if (due.next === 'done' && !campaign.isCut) return;
  entry.isDone = due.next === 'done';
  if (due.next === 'done') tables.onDone(due.campaignId, due.laneId);
  else entry.nextDueMs = due.next;
}

/** Lanes to hand out: with something due and no owner, or left by an owner who is gone. */
export function readFreeLanes(tables: Tables, nowMs: number): string[] {
  const found = new Set<string>();
  const isFree = (lane: Lane | undefined) =>
    lane !== undefined && (lane.leaseUntilMs === null || lane.leaseUntilMs <= nowMs);
  for (const { laneId, campaignId, nextDueMs, isDone } of tables.laneCampaigns) {
    if (isDone || nextDueMs > nowMs || found.has(laneId)) continue;
    if (!isFree(tables.lanes.get(laneId))) continue;
    if (tables.stops.has('everything') || tables.stops.has(`lane:${laneId}`)) continue;
    if (isSending(tables, tables.campaigns.get(campaignId) as Campaign, nowMs)) found.add(laneId);
  }
  for (const lane of tables.lanes.values())
    if (lane.owner !== null && (lane.leaseUntilMs ?? 0) <= nowMs) found.add(lane.id);
  return [...found];
}

/** Ends campaigns that have nothing left, or expired; where a row is left all the same, its lanes are due again. */
export function finishCampaigns(tables: Tables, nowMs: number): void {
  for (const campaign of tables.campaigns.values()) {
    if (campaign.finishedAtMs !== null) continue;
    const entries = tables.laneCampaigns.filter((lc) => lc.campaignId === campaign.id);
    const isCancelled = campaign.state === 'cancelled';
    const hasExpired = campaign.expiresAtMs <= nowMs;
    const isRunning = campaign.state === 'running' && campaign.isCut;
    const isDone = isRunning && (hasExpired || entries.every((lc) => lc.isDone));
    if (!isCancelled && !isDone) continue;
    if (isCancelled) endAll(tables, campaign, entries, 'cancelled', 'campaign-cancelled');
    else if (hasExpired) endAll(tables, campaign, entries, 'expired', 'end');
    if (campaign.counts.waiting + campaign.counts.sending === 0) {
      campaign.finishedAtMs = nowMs;
      if (campaign.state === 'running') campaign.state = 'finished';
    } else if (!isCancelled && !hasExpired) rescan(tables, campaign, entries, nowMs);
  }
}

function endAll(
  tables: Tables,
  campaign: Campaign,
  entries: readonly LaneCampaign[],
  state: 'cancelled' | 'expired',
  why: string,
): void {
  for (const { laneId } of entries)
    for (const row of tables.rowsOf(campaign.id, laneId))
      if (row.state === 'waiting') tables.move(row, state, why);
}

function rescan(
  tables: Tables,
  campaign: Campaign,
  entries: readonly LaneCampaign[],
  nowMs: number,
): void {
  for (const entry of entries) {
    const rows = tables.rowsOf(campaign.id, entry.laneId);
    if (!rows.some(({ state }) => state === 'waiting' || state === 'sending')) continue;
    entry.isDone = false;
    entry.nextDueMs = nowMs;
  }
  campaign.rescanEpoch += 1;
}

function isSending(tables: Tables, campaign: Campaign, nowMs: number): boolean {
  if (campaign.expiresAtMs <= nowMs) return false;
  return campaign.state === 'running' && tables.tenants.get(campaign.tenantId)?.isActive === true;
}
