/**
 * What the statements of delivery do, as packages/db writes them in SQL: fence, unfence, settle, reap, ending what waits.
 * Each runs at one instant, as a committed statement does. A mutant replaces one of them.
 */
import type { RowOutcome } from '@hikyaku/delivery';
import type { Delivery, Tables } from './tables.ts';

export const RULES: Rules = {
  /** `waiting → sending` where lane, epoch, lease, campaign, tenant and suppression allow it. */
  fence(tables, request, nowMs) {
    const held: string[] = [];
    for (const id of request.ids) {
      const row = tables.deliveries.get(id);
      if (row === undefined || row.laneId !== request.laneId) continue;
      if (row.state !== 'waiting' || !this.mayFence(tables, row, request, nowMs)) continue;
      row.epoch = request.epoch;
      tables.move(row, 'sending', 'fence');
      held.push(id);
    }
    return held;
  },

  mayFence(tables, row, { owner, epoch }, nowMs) {
    const lane = tables.lanes.get(row.laneId);
    if (lane === undefined || lane.owner !== owner || lane.epoch !== epoch) return false;
    if (lane.leaseUntilMs === null || lane.leaseUntilMs <= nowMs) return false;
    return mayBeSent(tables, row, nowMs);
  },

  unfence(tables, ids, epoch) {
    for (const id of ids) {
      const row = tables.deliveries.get(id);
      if (row?.epoch === epoch && row.state === 'sending') tables.move(row, 'waiting', 'unfence');
    }
  },

  /** State and log row; a repeat, and what a newer epoch has taken over, change nothing. */
  settle(tables, { laneId, epoch, outcomes }, nowMs) {
    for (const outcome of outcomes) {
      const row = tables.deliveries.get(outcome.row.id);
      if (row === undefined || row.laneId !== laneId) continue;
      if (!isSettleable(tables, row, epoch, outcome)) continue;
      const isAttempt = row.state !== 'unknown';
      if (isAttempt) row.attempts += 1;
      row.isQuarantined = outcome.category === 'quarantined';
      if (outcome.nextAttemptMs !== null) row.nextAttemptMs = outcome.nextAttemptMs;
      const { disposition } = outcome;
      row.events.push({ attempt: row.attempts, disposition, atMs: nowMs, epoch });
      tables.move(row, outcome.state, outcome.isUnfenced ? 'settle-unfenced' : 'settle');
    }
  },

  /** What an earlier owner fenced and never settled. */
  reap(tables, { laneId, epoch }, nowMs) {
    let reaped = 0;
    for (const { campaignId } of tables.laneCampaigns.filter((lc) => lc.laneId === laneId)) {
      for (const row of tables.rowsOf(campaignId, laneId)) {
        if (row.state !== 'sending' || row.epoch >= epoch) continue;
        row.attempts += 1;
        row.events.push({
          attempt: row.attempts,
          disposition: 'unknown',
          atMs: nowMs,
          epoch: row.epoch,
        });
        tables.move(row, 'unknown', 'reap');
        reaped += 1;
      }
    }
    return reaped;
  },

  endWaiting(tables, ids, state) {
    for (const id of ids) {
      const row = tables.deliveries.get(id);
      if (row?.state === 'waiting') tables.move(row, state, 'end');
    }
  },

  endIfSuppressed(tables, id) {
    const row = tables.deliveries.get(id);
    if (row?.state !== 'waiting' || !tables.isSuppressed(row)) return false;
    tables.move(row, 'cancelled', 'suppressed');
    return true;
  },
};

/** The campaign runs, the tenant is active, nobody has stopped it, the person wants mail. */
export function mayBeSent(tables: Tables, row: Delivery, nowMs: number): boolean {
  const campaign = tables.campaigns.get(row.campaignId);
  if (campaign?.state !== 'running' || campaign.expiresAtMs <= nowMs) return false;
  if (tables.tenants.get(row.tenantId)?.isActive !== true) return false;
  return !tables.isStopped(row) && !tables.isSuppressed(row);
}

function isSettleable(tables: Tables, row: Delivery, epoch: number, outcome: RowOutcome): boolean {
  if (row.epoch === epoch && row.state === 'sending') return true;
  // A late outcome, where it says more; but nobody would ever send again what waits in a campaign that is over.
  const isOver = tables.campaigns.get(row.campaignId)?.finishedAtMs !== null;
  if (row.epoch === epoch && row.state === 'unknown') {
    if (outcome.state === 'unknown') return false;
    return outcome.state !== 'waiting' || !isOver;
  }
  // Refused before any fence was known to hold: only the lane's present epoch may say so, and once.
  const isOwner = tables.lanes.get(row.laneId)?.epoch === epoch;
  const isOnce = row.state === 'waiting' && row.attempts === outcome.row.attempts;
  return outcome.isUnfenced && isOnce && isOwner;
}

export type FenceRequest = { laneId: string; owner: string; epoch: number; ids: readonly string[] };
export type SettleRequest = { laneId: string; epoch: number; outcomes: readonly RowOutcome[] };

export type Rules = {
  fence(tables: Tables, request: FenceRequest, nowMs: number): string[];
  mayFence(tables: Tables, row: Delivery, request: FenceRequest, nowMs: number): boolean;
  unfence(tables: Tables, ids: readonly string[], epoch: number): void;
  settle(tables: Tables, request: SettleRequest, nowMs: number): void;
  reap(tables: Tables, lane: { laneId: string; epoch: number }, nowMs: number): number;
  endWaiting(
    tables: Tables,
    ids: readonly string[],
    state: 'expired' | 'cancelled' | 'bounced',
  ): void;
  endIfSuppressed(tables: Tables, id: string): boolean;
};
