/** Stops fencing from this commit on. What was fenced before may still go. */
import { audit } from '../audit/audit.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockCampaign, moveOf } from './lock-campaign.ts';
import { setCampaignState } from './set-campaign-state.ts';

/** Throws DbError NOT_FOUND, CONFLICT (`campaign-action-not-allowed`). */
export async function pauseCampaign(
  scope: TenantScope,
  input: { campaignId: string; reason?: string },
): Promise<void> {
  const campaign = await lockCampaign(scope, input.campaignId);
  await setCampaignState(scope, campaign.id, moveOf(campaign, 'pause'));
  await audit(scope, {
    action: 'campaign.pause',
    target: `campaign:${campaign.id}`,
    reason: input.reason ?? '',
  });
  await notifyDue(scope);
}
