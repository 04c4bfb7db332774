/** The totals of a campaign in one statement, hence of one moment: their sum is the total of the audience cut. */
import type { DeliveryState } from '@hikyaku/contracts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface CampaignTotals extends Record<DeliveryState, number> {
  /** Part of `waiting`: tried at least once and put off. */
  deferred: number;
  /** Of all states; every delivery is in exactly one. */
  sum: number;
  /** As fixed by the audience cut; null until it is complete. */
  total: number | null;
  /** sum = total; false while the audience is being cut. */
  isReconciled: boolean;
}

/** null when this tenant has no such campaign. Throws DbError INVALID_ID. */
export async function campaignTotals(
  scope: TenantScope,
  campaignId: string,
): Promise<CampaignTotals | null> {
  const id = requireUuid(campaignId, 'The campaign id');
  const rows = await scope.sql<Omit<CampaignTotals, 'isReconciled'>>`
    select c.total, d.* from campaign c cross join lateral (
      select count(*)::int as sum,
             count(*) filter (where state = 'waiting')::int as waiting,
             count(*) filter (where state = 'waiting' and attempts > 0)::int as deferred,
             count(*) filter (where state = 'sending')::int as sending,
             count(*) filter (where state = 'accepted')::int as accepted,
             count(*) filter (where state = 'bounced')::int as bounced,
             count(*) filter (where state = 'expired')::int as expired,
             count(*) filter (where state = 'cancelled')::int as cancelled,
             count(*) filter (where state = 'unknown')::int as unknown
        from delivery where tenant_id = c.tenant_id and campaign_id = c.id
    ) d where c.tenant_id = ${scope.tenantId}::uuid and c.id = ${id}::uuid`;
  const totals = rows[0];
  return totals ? { ...totals, isReconciled: totals.sum === totals.total } : null;
}
