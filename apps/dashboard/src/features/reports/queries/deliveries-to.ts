/** Everything that was sent to one address, across campaigns, newest first. */
import { emailKeyOf, type TenantScope } from '@hikyaku/db';
import type { ShownState } from '../states.ts';

export interface DeliveryTo {
  id: string;
  campaignId: string;
  campaignName: string;
  state: ShownState;
  category: string | null;
  stateAtMs: number;
}

export async function deliveriesTo(
  { prisma, tenantId }: TenantScope,
  email: string,
  { except, limit = 100 }: { except?: string; limit?: number } = {},
): Promise<DeliveryTo[]> {
  const rows = await prisma.delivery.findMany({
    where: {
      tenantId,
      emailKey: emailKeyOf(email),
      ...(except ? { id: { not: BigInt(except) } } : {}),
    },
    orderBy: { id: 'desc' },
    take: limit,
    select: {
      id: true,
      campaignId: true,
      state: true,
      attempts: true,
      category: true,
      stateAt: true,
    },
  });
  const campaigns = await prisma.campaign.findMany({
    where: { tenantId, id: { in: [...new Set(rows.map(({ campaignId }) => campaignId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(campaigns.map(({ id, name }) => [id, name]));
  return rows.map(({ id, state, attempts, stateAt, ...row }) => ({
    ...row,
    id: String(id),
    campaignName: names.get(row.campaignId) ?? '',
    state: state === 'waiting' && attempts > 0 ? 'deferred' : state,
    stateAtMs: stateAt.getTime(),
  }));
}
