/** Lays a plan's mail into the tables, as a launch does: lanes, entries, and rows in pieces while sending has begun. */
import { pickLane, planLanes } from '@hikyaku/delivery';
import { type Delivery, noCounts, Tables } from '../database/tables.ts';
import type { Timeline } from '../time/timeline.ts';
import type { CampaignPlan, Plan } from './plan.ts';

export function buildTables(plan: Plan, timeline: Timeline): Tables {
  const tables = new Tables();
  for (const { id, weight, windows } of plan.tenants)
    tables.tenants.set(id, { id, isActive: true, weight, windows });
  let ordinal = 0;
  for (const campaign of plan.campaigns) {
    const rows = rowsOf(plan, campaign, ordinal);
    ordinal += rows.length;
    timeline.after(campaign.startsInMs, () => launch(tables, timeline, campaign, rows));
    // It is known from the beginning, so that nobody takes a run for over before it was launched.
    tables.campaigns.set(campaign.id, {
      id: campaign.id,
      tenantId: campaign.tenantId,
      mode: campaign.mode,
      state: 'launching',
      windows: campaign.windows,
      expiryMs: campaign.expiryMs,
      expiresAtMs: plan.startMs + campaign.expiresInMs,
      openSinceMs: plan.startMs + campaign.startsInMs,
      rescanEpoch: 0,
      isCut: false,
      total: 0,
      counts: noCounts(),
      finishedAtMs: null,
    });
  }
  return tables;
}

function launch(
  tables: Tables,
  timeline: Timeline,
  plan: CampaignPlan,
  rows: readonly Delivery[],
): void {
  const campaign = tables.campaigns.get(plan.id);
  if (campaign === undefined) return;
  if (campaign.state === 'launching') campaign.state = 'running';
  const size = Math.ceil(rows.length / plan.chunks);
  const cut = (from: number) => {
    // A cancelled campaign is not cut on.
    if (campaign.state === 'cancelled') {
      campaign.isCut = true;
      return;
    }
    for (const row of rows.slice(from, from + size)) add(tables, row, timeline.nowMs);
    if (from + size >= rows.length) campaign.isCut = true;
    else timeline.after(1_500, () => cut(from + size));
  };
  cut(0);
}

function add(tables: Tables, row: Delivery, nowMs: number): void {
  if (!tables.lanes.has(row.laneId)) {
    const source = row.laneId.slice(row.laneId.indexOf('|') + 1);
    tables.lanes.set(row.laneId, {
      id: row.laneId,
      source,
      owner: null,
      epoch: 0,
      leaseUntilMs: null,
    });
  }
  const isThere = tables.laneCampaigns.some(
    (lc) => lc.laneId === row.laneId && lc.campaignId === row.campaignId,
  );
  if (!isThere)
    tables.laneCampaigns.push({
      laneId: row.laneId,
      tenantId: row.tenantId,
      campaignId: row.campaignId,
      nextDueMs: nowMs,
      isDone: false,
    });
  tables.add(row);
  // The cut leaves out whoever is suppressed by now.
  if (tables.isSuppressed(row)) tables.move(row, 'cancelled', 'suppressed');
}

function rowsOf(plan: Plan, campaign: CampaignPlan, firstOrdinal: number): Delivery[] {
  const lanesByDomain = lanesOf(plan, campaign);
  const nextOf = new Map<string, number>();
  return campaign.domains.map((domain, i) => {
    const ordinal = firstOrdinal + i + 1;
    const next = nextOf.get(domain) ?? 0;
    nextOf.set(domain, next + 1);
    const found = plan.domains.get(domain);
    return {
      id: String(ordinal),
      ordinal,
      tenantId: campaign.tenantId,
      campaignId: campaign.id,
      laneId: pickLane(lanesByDomain.get(domain) ?? [], next),
      domain,
      site: found?.site ?? domain,
      group: found?.group ?? 'other',
      // The same people get several campaigns of their tenant.
      person: `p${i % 1_500}`,
      state: 'waiting',
      attempts: 0,
      epoch: 0,
      nextAttemptMs: plan.startMs,
      events: [],
    };
  });
}

function lanesOf(plan: Plan, campaign: CampaignPlan): Map<string, string[]> {
  const counts = new Map<string, number>();
  for (const domain of campaign.domains) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  const destinations = [...counts].map(([domain, count]) => ({
    domain,
    site: plan.domains.get(domain)?.site ?? domain,
    count,
  }));
  const tenant = plan.tenants.find(({ id }) => id === campaign.tenantId);
  const options = { ...plan.lanes, sources: tenant?.sources ?? plan.sources };
  return planLanes(destinations, options).lanesByDomain;
}
