/** Everything the overview shows, of one moment: polled every two seconds while a campaign is under way. */
import {
  type CampaignState,
  type DeliveryMode,
  validateWindows,
  type Window,
  windowStateAt,
} from '@hikyaku/campaigns';
import { type CampaignTotals, campaignTotals, isUuid, type TenantScope } from '@hikyaku/db';

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
  launchedAtMs: number | null;
  finishedAtMs: number | null;
  totals: CampaignTotals;
  /** Left out at the audience cut, by reason. */
  excluded: Record<string, number>;
  deferred: DeferredGroup[];
  /** Attempts with an outcome in the last minute; null once nothing is sent any more. */
  perMinute: number | null;
  /** Epoch ms; null while the windows are open. */
  opensAtMs: number | null;
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
      startAt: true,
      launchedAt: true,
      finishedAt: true,
      excluded: true,
      list: { select: { name: true, deletedAt: true } },
      tenant: { select: { window: true } },
    },
  });
  const totals = row && (await campaignTotals(scope, id));
  if (!row || !totals) return null;
  const { list, tenant, content, startAt, launchedAt, finishedAt, excluded, ...rest } = row;
  const window = row.window as unknown as Window;
  const isUnderWay = row.state === 'launching' || row.state === 'running';
  return {
    ...rest,
    window,
    atMs: nowMs,
    listId: list && !list.deletedAt ? row.listId : null,
    listName: list?.name ?? null,
    subject: (content as { subject?: string } | null)?.subject ?? '',
    startAtMs: startAt?.getTime() ?? null,
    launchedAtMs: launchedAt?.getTime() ?? null,
    finishedAtMs: finishedAt?.getTime() ?? null,
    totals,
    excluded: (excluded as { suppressed?: Record<string, number> }).suppressed ?? {},
    deferred: totals.deferred > 0 ? await deferredGroups(scope, id) : [],
    perMinute: isUnderWay ? await outcomesSince(scope, id, nowMs - 60_000) : null,
    opensAtMs: isUnderWay ? opensAt([window, tenant.window as unknown as Window], nowMs) : null,
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

function opensAt(windows: Window[], nowMs: number): number | null {
  if (!validateWindows(windows, nowMs).ok) return null;
  const state = windowStateAt(windows, nowMs);
  return state.open ? null : state.opensAtMs;
}
