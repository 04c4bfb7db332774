/** How a campaign fared at each destination, the largest first. */
import type { DeliveryState } from '@hikyaku/contracts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface DestinationTotals extends Record<DeliveryState, number> {
  domain: string;
  deferred: number;
  sum: number;
}

/** Empty when this tenant has no such campaign. `limit` defaults to 200. Throws DbError INVALID_ID. */
export async function totalsByDestination(
  scope: TenantScope,
  campaignId: string,
  { limit = 200 }: { limit?: number } = {},
): Promise<DestinationTotals[]> {
  const id = requireUuid(campaignId, 'The campaign id');
  return scope.sql<DestinationTotals>`
    select domain, count(*)::int as sum,
           count(*) filter (where state = 'waiting')::int as waiting,
           count(*) filter (where state = 'waiting' and attempts > 0)::int as deferred,
           count(*) filter (where state = 'sending')::int as sending,
           count(*) filter (where state = 'accepted')::int as accepted,
           count(*) filter (where state = 'bounced')::int as bounced,
           count(*) filter (where state = 'expired')::int as expired,
           count(*) filter (where state = 'cancelled')::int as cancelled,
           count(*) filter (where state = 'unknown')::int as unknown
      from delivery where tenant_id = ${scope.tenantId}::uuid and campaign_id = ${id}::uuid
     group by domain order by sum desc, domain limit ${limit}`;
}
