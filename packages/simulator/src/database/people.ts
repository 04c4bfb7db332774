/**
 * What people do while mail goes out, each as one committed transaction: pause, resume, cancel, suspend, unsubscribe,
 * stop, send unknowns again. As packages/db/src/{campaign,suppression,staff} write it.
 */
import type { Campaign, Tables } from './tables.ts';

export function pauseCampaign(tables: Tables, campaignId: string): boolean {
  const campaign = tables.campaigns.get(campaignId) as Campaign;
  if (campaign.state !== 'running') return false;
  campaign.state = 'paused';
  return true;
}

export function resumeCampaign(tables: Tables, campaignId: string): boolean {
  const campaign = tables.campaigns.get(campaignId) as Campaign;
  if (campaign.state !== 'paused') return false;
  campaign.state = 'running';
  return true;
}

/** What waits is cancelled with it; what is being sent is left to its worker. */
export function cancelCampaign(tables: Tables, campaignId: string): boolean {
  const campaign = tables.campaigns.get(campaignId) as Campaign;
  if (campaign.state !== 'running' && campaign.state !== 'paused') return false;
  campaign.state = 'cancelled';
  for (const row of tables.deliveries.values())
    if (row.campaignId === campaignId && row.state === 'waiting')
      tables.move(row, 'cancelled', 'campaign-cancelled');
  return true;
}

export function setTenantActive(tables: Tables, tenantId: string, isActive: boolean): void {
  const tenant = tables.tenants.get(tenantId);
  if (tenant !== undefined) tenant.isActive = isActive;
}

/** From this commit on nobody fences them; their waiting rows, of all campaigns, are cancelled in it. */
export function suppressPeople(
  tables: Tables,
  tenantId: string,
  people: readonly string[],
): number {
  const gone = new Set(people);
  for (const person of gone) tables.suppressed.add(`${tenantId}/${person}`);
  let cancelled = 0;
  for (const row of tables.deliveries.values()) {
    if (row.tenantId !== tenantId || row.state !== 'waiting' || !gone.has(row.person)) continue;
    tables.move(row, 'cancelled', 'suppressed');
    cancelled += 1;
  }
  return cancelled;
}

/** A customer accepts that people whose outcome was lost may get it twice. */
export function resendUnknown(tables: Tables, campaignId: string, nowMs: number): string[] {
  const campaign = tables.campaigns.get(campaignId) as Campaign;
  if (campaign.state !== 'running' && campaign.state !== 'finished') return [];
  const again: string[] = [];
  for (const row of tables.deliveries.values()) {
    if (row.campaignId !== campaignId || row.state !== 'unknown' || tables.isSuppressed(row))
      continue;
    row.nextAttemptMs = nowMs;
    tables.move(row, 'waiting', 'resend');
    again.push(row.id);
  }
  if (again.length === 0) return again;
  const lanes = new Set(again.map((id) => tables.deliveries.get(id)?.laneId));
  for (const entry of tables.laneCampaigns) {
    if (entry.campaignId !== campaignId || !lanes.has(entry.laneId)) continue;
    entry.isDone = false;
    entry.nextDueMs = nowMs;
  }
  campaign.state = 'running';
  campaign.rescanEpoch += 1;
  campaign.finishedAtMs = null;
  campaign.openSinceMs = nowMs;
  return again;
}
