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
      campaign: { select: { name: true } },
    },
  });
  return rows.map(({ id, campaign, state, attempts, stateAt, ...row }) => ({
    ...row,
    id: String(id),
    campaignName: campaign.name,
    state: state === 'waiting' && attempts > 0 ? 'deferred' : state,
    stateAtMs: stateAt.getTime(),
  }));
}
