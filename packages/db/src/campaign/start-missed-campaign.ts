/** Starts a campaign whose start passed while no worker was up: by hand only, for the hour may be a wrong one by now. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { lockCampaign, moveOf } from './lock-campaign.ts';
import { requireOpenWindows } from './require-open-windows.ts';

/**
 * Throws DbError NOT_FOUND; CONFLICT (`campaign-action-not-allowed`), also where it did not miss its start; INVALID_INPUT with what
 * requireOpenWindows says, for its windows may have closed for good meanwhile.
 */
export async function startMissedCampaign(
  scope: TenantScope,
  input: { campaignId: string },
): Promise<void> {
  const campaign = await lockCampaign(scope, input.campaignId);
  moveOf(campaign, 'start');
  await requireOpenWindows(scope, campaign.id, Date.now());
  const rows = await scope.sql`
    update campaign set start_at = now(), start_missed_at = null, updated_at = now()
     where tenant_id = ${scope.tenantId}::uuid and id = ${campaign.id}::uuid and state = 'scheduled'
       and start_missed_at is not null
    returning 1 as one`;
  if (!rows[0]) {
    throw new DbError('CONFLICT', 'This campaign did not miss its start.', {
      reason: 'campaign-action-not-allowed',
    });
  }
  await audit(scope, { action: 'campaign.start-missed', target: `campaign:${campaign.id}` });
  await notifyDue(scope);
}
