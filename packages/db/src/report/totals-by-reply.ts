/** What the servers answered last, by category, code and enhanced code; the most frequent first. */
import type { DeliveryState } from '@hikyaku/contracts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface ReplyTotals {
  state: DeliveryState;
  category: string | null;
  code: number | null;
  enhanced: string | null;
  count: number;
}

/** Recipients without an attempt or a reason are left out. `limit` defaults to 200. Throws DbError INVALID_ID. */
export async function totalsByReply(
  scope: TenantScope,
  campaignId: string,
  { limit = 200 }: { limit?: number } = {},
): Promise<ReplyTotals[]> {
  const id = requireUuid(campaignId, 'The campaign id');
  return scope.sql<ReplyTotals>`
    select state::text as state, category, code, enhanced, count(*)::int as count
      from delivery
     where tenant_id = ${scope.tenantId}::uuid and campaign_id = ${id}::uuid and (category is not null or code is not null)
     group by state, category, code, enhanced
     order by count desc, state, category, code, enhanced limit ${limit}`;
}
