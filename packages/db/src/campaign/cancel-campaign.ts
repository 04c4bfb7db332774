/**
 * Ends a campaign for good: nothing is fenced from this commit on, and what waits is cancelled in it.
 * What is being sent keeps its state until the worker settles it.
 */
import { audit } from '../audit/audit.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockCampaign, moveOf } from './lock-campaign.ts';
import { setCampaignState } from './set-campaign-state.ts';

/** The category of a delivery that was cancelled with its campaign. */
const CATEGORY = 'campaign-cancelled';

/**
 * About 100 000 waiting rows a second: give `withTenant` a timeoutMs that fits the list.
 * Throws DbError NOT_FOUND, CONFLICT (`campaign-action-not-allowed`).
 */
export async function cancelCampaign(
  scope: TenantScope,
  input: { campaignId: string; reason?: string },
): Promise<{ cancelled: number }> {
  const campaign = await lockCampaign(scope, input.campaignId);
  await setCampaignState(scope, campaign.id, moveOf(campaign, 'cancel'));
  const rows = await scope.sql<{ count: number }>`
    with gone as (
      update delivery set state = 'cancelled', state_at = now(), category = ${CATEGORY}
       where tenant_id = ${scope.tenantId}::uuid and campaign_id = ${campaign.id}::uuid and state = 'waiting'
      returning 1
    ) select count(*)::int as count from gone`;
  const cancelled = rows[0]?.count ?? 0;
  await audit(scope, {
    action: 'campaign.cancel',
    target: `campaign:${campaign.id}`,
    reason: input.reason ?? '',
    detail: { cancelled },
  });
  await notifyDue(scope);
  return { cancelled };
}
