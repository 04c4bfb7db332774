/** What a people page can be narrowed to: the destinations and categories that occur in the campaign. */
import { type TenantScope, totalsByDestination } from '@hikyaku/db';

export async function filterOptions(scope: TenantScope, campaignId: string) {
  const { prisma, tenantId } = scope;
  const destinations = await totalsByDestination(scope, campaignId, { limit: 100 });
  const categories = await prisma.delivery.groupBy({
    by: ['category'],
    where: { tenantId, campaignId, category: { not: null } },
    orderBy: { category: 'asc' },
    take: 60,
  });
  return {
    domains: destinations.map(({ domain }) => domain),
    categories: categories.flatMap(({ category }) => category ?? []),
  };
}
