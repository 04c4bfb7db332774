/** Which destination groups of a campaign wait for a window now, how many people, until when, and which window says so. */
import { type BindingWindow, groupOf, type WindowLevels, waitOf } from '@hikyaku/campaigns';
import {
  type NamedGroup,
  readGroups,
  readInstallationWindows,
  readTenantWindows,
  type TenantScope,
} from '@hikyaku/db';

export interface GroupWait {
  group: string;
  /** People of this group who have not got it yet. */
  waiting: number;
  /** Epoch ms; null where it never opens, which is refused where it enters. */
  opensAtMs: number | null;
  because: BindingWindow;
}

export interface WindowWaits {
  groups: Omit<NamedGroup, 'patterns'>[];
  waits: GroupWait[];
  /** True when every group in which somebody waits is shut. */
  isAllShut: boolean;
}

/** Counts the waiting people only where a window is shut: while all are open it costs three small reads. */
export async function windowWaits(
  scope: TenantScope,
  campaignId: string,
  campaign: WindowLevels['campaign'],
  nowMs: number,
): Promise<WindowWaits> {
  const levels: WindowLevels = {
    installation: await readInstallationWindows(scope),
    tenant: await readTenantWindows(scope),
    campaign,
  };
  const groups = await readGroups(scope);
  const shut = groups.flatMap(({ key }) => waitOf(levels, key, nowMs) ?? []);
  const names = groups.map(({ patterns: _, ...named }) => named);
  if (shut.length === 0) return { groups: names, waits: [], isAllShut: false };
  const counts = await waitingByGroup(scope, campaignId, groups);
  const waits = shut
    .map((wait) => ({
      ...wait,
      opensAtMs: Number.isFinite(wait.opensAtMs) ? wait.opensAtMs : null,
      waiting: counts.get(wait.group) ?? 0,
    }))
    .filter(({ waiting }) => waiting > 0);
  return { groups: names, waits, isAllShut: waits.length > 0 && waits.length === counts.size };
}

async function waitingByGroup(
  { prisma, tenantId }: TenantScope,
  campaignId: string,
  groups: readonly NamedGroup[],
): Promise<Map<string, number>> {
  const domains = await prisma.delivery.groupBy({
    by: ['domain'],
    where: { tenantId, campaignId, state: 'waiting' },
    _count: { _all: true },
  });
  const counts = new Map<string, number>();
  for (const { domain, _count } of domains) {
    const key = groupOf(domain, groups);
    counts.set(key, (counts.get(key) ?? 0) + _count._all);
  }
  return counts;
}
