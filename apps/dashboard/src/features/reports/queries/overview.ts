/** Everything the overview shows, of one moment: polled every two seconds while a campaign is under way. */
import type { CampaignState, DeliveryMode, Window } from '@hikyaku/campaigns';
import {
  type CampaignTotals,
  campaignTotals,
  isUuid,
  type Stop,
  stopsOfCampaign,
  type TenantScope,
} from '@hikyaku/db';
import { type WindowWaits, windowWaits } from './window-waits.ts';

export interface Overview {
  id: string;
  name: string;
  kind: 'regular' | 'test';
  state: CampaignState;
  mode: DeliveryMode;
  atMs: number;
  listId: string | null;
  listName: string | null;
  fromName: string;
  fromEmail: string;
  subject: string;
  window: Window;
  startAtMs: number | null;
  expiresAtMs: number | null;
  /** Its start passed while no worker was up: it starts by hand only. */
  isMissed: boolean;
  launchedAtMs: number | null;
  finishedAtMs: number | null;
  totals: CampaignTotals;
  /** Left out at the audience cut, by reason. */
  excluded: Record<string, number>;
  deferred: DeferredGroup[];
  /** Attempts with an outcome in the last minute; null once nothing is sent any more. */
  perMinute: number | null;
  /** Whom the windows hold up now. */
  windows: WindowWaits;
  /** What staff have stopped of it, the widest first. */
  stops: Pick<Stop, 'scope' | 'key' | 'reason'>[];
}

export interface DeferredGroup {
  category: string | null;
  code: number | null;
  count: number;
  nextAttemptAtMs: number;
}

/** null when this tenant has no such campaign. */
export async function overview(scope: TenantScope, id: string): Promise<Overview | null> {
  if (!isUuid(id)) return null;
  const { prisma, tenantId } = scope;
  const nowMs = Date.now();
  const row = await prisma.campaign.findFirst({
    where: { tenantId, id },
    select: {
      id: true,
      name: true,
      kind: true,
      state: true,
      mode: true,
      listId: true,
      fromName: true,
      fromEmail: true,
      content: true,
      window: true,
      groupWindows: true,
      startAt: true,
      expiresAt: true,
      startMissedAt: true,
      launchedAt: true,
      finishedAt: true,
      excluded: true,
      list: { select: { name: true, deletedAt: true } },
    },
  });
  const totals = row && (await campaignTotals(scope, id));
  if (!row || !totals) return null;
  const {
    list,
    content,
    startAt,
    startMissedAt,
    expiresAt,
    launchedAt,
    finishedAt,
    excluded,
    ...rest
  } = row;
  const { groupWindows, ...shown } = rest;
  const window = row.window as unknown as Window;
  const isUnderWay = row.state === 'launching' || row.state === 'running';
  return {
    ...shown,
    window,
    atMs: nowMs,
    listId: list && !list.deletedAt ? row.listId : null,
    listName: list?.name ?? null,
    subject: (content as { subject?: string } | null)?.subject ?? '',
    startAtMs: startAt?.getTime() ?? null,
    expiresAtMs: expiresAt?.getTime() ?? null,
    isMissed: row.state === 'scheduled' && startMissedAt !== null,
    launchedAtMs: launchedAt?.getTime() ?? null,
    finishedAtMs: finishedAt?.getTime() ?? null,
    totals,
    excluded: (excluded as { suppressed?: Record<string, number> }).suppressed ?? {},
    deferred: totals.deferred > 0 ? await deferredGroups(scope, id) : [],
    perMinute: isUnderWay ? await outcomesSince(scope, id, nowMs - 60_000) : null,
    windows:
      // A test message is for its sender: it goes at any hour.
      isUnderWay && row.kind === 'regular'
        ? await windowWaits(
            scope,
            id,
            { window, groupWindows: groupWindows as unknown as Record<string, Window> },
            nowMs,
          )
        : { groups: [], waits: [], isAllShut: false },
    stops: isUnderWay || row.state === 'scheduled' ? await stopsOf(scope, id) : [],
  };
}

async function deferredGroups({ prisma, tenantId }: TenantScope, campaignId: string) {
  const groups = await prisma.delivery.groupBy({
    by: ['category', 'code'],
    where: { tenantId, campaignId, state: 'waiting', attempts: { gt: 0 } },
    _count: { _all: true },
    _min: { nextAttemptAt: true },
    orderBy: { _count: { id: 'desc' } },
    take: 20,
  });
  return groups.map(({ category, code, _count, _min }) => ({
    category,
    code,
    count: _count._all,
    nextAttemptAtMs: _min.nextAttemptAt?.getTime() ?? 0,
  }));
}

async function outcomesSince({ prisma, tenantId }: TenantScope, campaignId: string, ms: number) {
  return prisma.deliveryEvent.count({
    where: { tenantId, campaignId, at: { gte: new Date(ms) }, disposition: { not: 'deferred' } },
  });
}

async function stopsOf(scope: TenantScope, campaignId: string): Promise<Overview['stops']> {
  const stops = await stopsOfCampaign(scope, campaignId);
  return stops.map(({ scope: what, key, reason }) => ({ scope: what, key, reason }));
}
