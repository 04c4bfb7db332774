/** Campaigns that have begun, newest first, with their totals. */
import type { CampaignState } from '@hikyaku/campaigns';
import { isUuid, type TenantScope } from '@hikyaku/db';
import { type Totals, totalsFrom } from '@hikyaku/reports';

export interface ReportRow {
  id: string;
  name: string;
  state: CampaignState;
  startedAtMs: number;
  finishedAtMs: number | null;
  totals: Totals;
}

/** `after` is the id of the last row of the page before. Tests are left out. `states` narrows. */
export async function listReports(
  { prisma, tenantId }: TenantScope,
  { after, limit = 30, states }: { after?: string; limit?: number; states?: CampaignState[] } = {},
): Promise<{ rows: ReportRow[]; next: string | null }> {
  const found = await prisma.campaign.findMany({
    where: {
      tenantId,
      kind: 'regular',
      launchedAt: { not: null },
      state: states && { in: states },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    ...(isUuid(after) ? { cursor: { tenantId_id: { tenantId, id: after } }, skip: 1 } : {}),
    select: { id: true, name: true, state: true, launchedAt: true, finishedAt: true, total: true },
  });
  const page = found.slice(0, limit);
  const counts = await prisma.delivery.groupBy({
    by: ['campaignId', 'state'],
    where: { tenantId, campaignId: { in: page.map(({ id }) => id) } },
    _count: { _all: true },
  });
  const rows = page.map(({ launchedAt, finishedAt, total, ...row }) => {
    const mine = counts
      .filter(({ campaignId }) => campaignId === row.id)
      .map(({ state, _count }) => [state, _count._all] as const);
    const sum = mine.reduce((all, [, count]) => all + count, 0);
    return {
      ...row,
      startedAtMs: launchedAt?.getTime() ?? 0,
      finishedAtMs: finishedAt?.getTime() ?? null,
      totals: totalsFrom(total ?? sum, mine),
    };
  });
  return { rows, next: found.length > limit ? (page.at(-1)?.id ?? null) : null };
}
