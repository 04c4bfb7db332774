/** Writes the state of a campaign whose row is locked. For this folder only. */
import type { CampaignState } from '@hikyaku/campaigns';
import type { TenantScope } from '../scope/scopes.ts';

export async function setCampaignState(
  scope: TenantScope,
  id: string,
  state: CampaignState,
): Promise<void> {
  await scope.sql`
    update campaign set state = ${state}::campaign_state, updated_at = now()
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid`;
}
