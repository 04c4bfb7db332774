/** The tenant's campaigns, newest first, by keyset, each with the counts of its deliveries. */
import { CAMPAIGN_STATES, type CampaignState } from '@hikyaku/campaigns';
import { isUuid, type TenantScope } from '@hikyaku/db';
import { type Totals, totalsFrom } from '@hikyaku/reports';

export interface CampaignRow {
  id: string;
  name: string;
  state: CampaignState;
  listName: string | null;
  startAtMs: number | null;
  /** Its start passed while no worker was up. */
  isMissed: boolean;
  totals: Totals;
}

const PAGE = 30;

/** `after` is the id of the last row of the page before. Tests are left out. */
export async function listCampaigns(
  { prisma, tenantId }: TenantScope,
  { after, state }: { after?: string; state?: string },
): Promise<{ rows: CampaignRow[]; next: string | null }> {
  const wanted = CAMPAIGN_STATES.find((name) => name === state);
  const found = await prisma.campaign.findMany({
    where: { tenantId, kind: 'regular', state: wanted },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
    ...(isUuid(after) ? { cursor: { tenantId_id: { tenantId, id: after } }, skip: 1 } : {}),
    select: {
      id: true,
      name: true,
      state: true,
      startAt: true,
      startMissedAt: true,
      total: true,
      list: { select: { name: true } },
    },
  });
  const page = found.slice(0, PAGE);
  const counts = await prisma.delivery.groupBy({
    by: ['campaignId', 'state'],
    where: { tenantId, campaignId: { in: page.map(({ id }) => id) } },
    _count: { _all: true },
  });
  const rows = page.map(({ id, name, state, startAt, startMissedAt, total, list }) => {
    const mine = counts.filter(({ campaignId }) => campaignId === id);
    const sum = mine.reduce((n, { _count }) => n + _count._all, 0);
    return {
      id,
      name,
      state,
      listName: list?.name ?? null,
      startAtMs: startAt?.getTime() ?? null,
      isMissed: startMissedAt !== null,
      totals: totalsFrom(
        total ?? sum,
        mine.map((row) => [row.state, row._count._all]),
      ),
    };
  });
  return { rows, next: found.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}
