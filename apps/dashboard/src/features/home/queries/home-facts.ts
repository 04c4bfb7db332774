/** What is running, what comes next, what needs a person, and how far a new tenant has come. */
import { groupKeysOf, type Window, type WindowLevels, waitOf } from '@hikyaku/campaigns';
import {
  readGroups,
  readInstallationWindows,
  readTenantWindows,
  type Stop,
  stopsOfTenant,
  type TenantScope,
} from '@hikyaku/db';
import { type Totals, totalsFrom } from '@hikyaku/reports';

export interface HomeFacts {
  running: RunningCampaign[];
  /** Staff have stopped all of this tenant's sending: the reason. */
  stopped: Pick<Stop, 'scope' | 'reason'> | null;
  scheduled: { id: string; name: string; startAtMs: number }[];
  /** Their start passed while no worker was up. */
  missed: { id: string; name: string }[];
  imports: { id: string; listId: string | null; filename: string; state: 'failed' | 'mapping' }[];
  paused: { id: string; name: string; waiting: number }[];
  unknowns: { id: string; name: string; count: number }[];
  has: { list: boolean; template: boolean; domain: boolean; campaign: boolean };
}

export interface RunningCampaign {
  id: string;
  name: string;
  totals: Totals;
  /** Epoch ms; null while the windows are open for some destinations. */
  opensAtMs: number | null;
}

const DAY_MS = 86_400_000;
const RECENT_DAYS = 30;
const SHOWN = 6;

export async function homeFacts(scope: TenantScope, nowMs: number): Promise<HomeFacts> {
  const { prisma, tenantId } = scope;
  const since = new Date(nowMs - RECENT_DAYS * DAY_MS);
  const campaigns = await prisma.campaign.findMany({
    where: {
      tenantId,
      kind: 'regular',
      OR: [
        { state: { in: ['launching', 'running', 'paused'] } },
        { launchedAt: { gte: since }, state: { in: ['finished', 'cancelled'] } },
      ],
    },
    orderBy: { createdAt: 'desc' },
    take: 50,
    select: { id: true, name: true, state: true, total: true, window: true, groupWindows: true },
  });
  const counts = await prisma.delivery.groupBy({
    by: ['campaignId', 'state'],
    where: { tenantId, campaignId: { in: campaigns.map(({ id }) => id) } },
    _count: { _all: true },
  });
  const totalsOf = ({ id, total }: { id: string; total: number | null }) => {
    const mine = counts.filter(({ campaignId }) => campaignId === id);
    const pairs = mine.map(({ state, _count }) => [state, _count._all] as const);
    return totalsFrom(total ?? pairs.reduce((sum, [, count]) => sum + count, 0), pairs);
  };
  const installation = await readInstallationWindows(scope);
  const tenant = await readTenantWindows(scope);
  const groupKeys = groupKeysOf(await readGroups(scope));
  const [stop] = await stopsOfTenant(scope);
  const known = campaigns.map((campaign) => ({ ...campaign, totals: totalsOf(campaign) }));
  return {
    running: known
      .filter(({ state }) => state === 'launching' || state === 'running')
      .slice(0, SHOWN)
      .map(({ id, name, totals, window, groupWindows }) => ({
        id,
        name,
        totals,
        opensAtMs: opensAt(
          { installation, tenant, campaign: levelOf(window, groupWindows) },
          groupKeys,
          nowMs,
        ),
      })),
    stopped: stop ? { scope: stop.scope, reason: stop.reason } : null,
    paused: known
      .filter(({ state }) => state === 'paused')
      .map(({ id, name, totals }) => ({ id, name, waiting: totals.waiting })),
    unknowns: known
      .filter(({ state, totals }) => state !== 'cancelled' && totals.unknown > 0)
      .slice(0, SHOWN)
      .map(({ id, name, totals }) => ({ id, name, count: totals.unknown })),
    scheduled: await scheduled(scope),
    missed: await missed(scope),
    imports: await importsInTrouble(scope, new Date(nowMs - 7 * DAY_MS)),
    has: await startedWith(scope),
  };
}

async function scheduled({ prisma, tenantId }: TenantScope) {
  const rows = await prisma.campaign.findMany({
    where: {
      tenantId,
      kind: 'regular',
      state: 'scheduled',
      startAt: { not: null },
      startMissedAt: null,
    },
    orderBy: { startAt: 'asc' },
    take: SHOWN,
    select: { id: true, name: true, startAt: true },
  });
  return rows.map(({ startAt, ...row }) => ({ ...row, startAtMs: startAt?.getTime() ?? 0 }));
}

async function missed({ prisma, tenantId }: TenantScope) {
  return prisma.campaign.findMany({
    where: { tenantId, state: 'scheduled', startMissedAt: { not: null } },
    orderBy: { startAt: 'asc' },
    take: SHOWN,
    select: { id: true, name: true },
  });
}

async function importsInTrouble({ prisma, tenantId }: TenantScope, since: Date) {
  const rows = await prisma.listImport.findMany({
    where: { tenantId, state: { in: ['failed', 'mapping'] }, createdAt: { gte: since } },
    orderBy: { createdAt: 'desc' },
    take: SHOWN,
    select: { id: true, listId: true, filename: true, state: true },
  });
  return rows as HomeFacts['imports'];
}

async function startedWith({ prisma, tenantId }: TenantScope): Promise<HomeFacts['has']> {
  const live = { tenantId, deletedAt: null };
  return {
    list:
      (await prisma.recipient.findFirst({ where: { tenantId }, select: { id: true } })) !== null,
    template: (await prisma.template.findFirst({ where: live, select: { id: true } })) !== null,
    domain:
      (await prisma.senderDomain.findFirst({ where: { tenantId }, select: { id: true } })) !== null,
    campaign:
      (await prisma.campaign.findFirst({
        where: { tenantId, kind: 'regular', launchedAt: { not: null } },
        select: { id: true },
      })) !== null,
  };
}

function levelOf(window: unknown, groupWindows: unknown): WindowLevels['campaign'] {
  return { window: window as Window, groupWindows: groupWindows as Record<string, Window> };
}

/** The first opening, where every group is shut. */
function opensAt(levels: WindowLevels, groupKeys: readonly string[], nowMs: number): number | null {
  const waits = groupKeys.map((key) => waitOf(levels, key, nowMs)?.opensAtMs ?? null);
  const shut = waits.filter((atMs) => atMs !== null && Number.isFinite(atMs)) as number[];
  return shut.length === waits.length ? Math.min(...shut) : null;
}
