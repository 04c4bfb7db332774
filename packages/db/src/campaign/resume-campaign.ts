/** Goes on where a pause stopped: with the audience cut if that was not complete, otherwise with delivery. */
import { audit } from '../audit/audit.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockCampaign, moveOf } from './lock-campaign.ts';
import { setCampaignState } from './set-campaign-state.ts';

/** Throws DbError NOT_FOUND, CONFLICT (`campaign-action-not-allowed`). */
export async function resumeCampaign(
  scope: TenantScope,
  input: { campaignId: string; reason?: string },
): Promise<{ state: 'running' | 'launching' }> {
  const campaign = await lockCampaign(scope, input.campaignId);
  const state = moveOf(campaign, 'resume') as 'running' | 'launching';
  await setCampaignState(scope, campaign.id, state);
  await audit(scope, {
    action: 'campaign.resume',
    target: `campaign:${campaign.id}`,
    reason: input.reason ?? '',
  });
  await notifyDue(scope);
  return { state };
}
