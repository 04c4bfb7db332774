/**
 * Sends again to people whose outcome was lost, because a person said so: they may get the message twice.
 * Suppressed people stay unknown. rescan_epoch makes the lanes read from the start.
 */
import { audit } from '../audit/audit.ts';
import { requireBigId } from '../scope/ids.ts';
import { notifyDue } from '../scope/notify-due.ts';
import { emptyFragment, fragment, type TenantScope } from '../scope/scopes.ts';
import { lockCampaign, moveOf } from './lock-campaign.ts';

/** Returns how many wait again. Throws DbError NOT_FOUND, CONFLICT (`campaign-action-not-allowed`), INVALID_ID. */
export async function resendUnknown(
  scope: TenantScope,
  input: { campaignId: string; deliveryIds: readonly string[] | 'all' },
): Promise<{ resent: number }> {
  const campaign = await lockCampaign(scope, input.campaignId);
  const state = moveOf(campaign, 'send-again');
  const chosen =
    input.deliveryIds === 'all'
      ? emptyFragment
      : fragment`and d.id = any(${input.deliveryIds.map((id) => requireBigId(id, 'A delivery id'))}::bigint[])`;
  // Whoever suppresses somebody locks this row first: nobody becomes waiting again behind a suppression's back.
  await scope.sql`select 1 from tenant where id = ${scope.tenantId}::uuid for share`;
  const rows = await scope.sql<{ laneId: bigint; count: number }>`
    with again as (
      update delivery d set state = 'waiting', state_at = now(), next_attempt_at = now(), category = null
       where d.tenant_id = ${scope.tenantId}::uuid and d.campaign_id = ${campaign.id}::uuid and d.state = 'unknown' ${chosen}
         and not exists (select from suppression s
                          where s.tenant_id = d.tenant_id and s.email_key = d.email_key and s.released_at is null)
      returning d.lane_id
    ) select lane_id as "laneId", count(*)::int as count from again group by lane_id`;
  const resent = rows.reduce((sum, row) => sum + row.count, 0);
  if (resent === 0) return { resent };
  await scope.sql`
    update campaign_lane set done_at = null, next_due_at = now()
     where tenant_id = ${scope.tenantId}::uuid and campaign_id = ${campaign.id}::uuid
       and lane_id = any(${rows.map((row) => row.laneId)}::bigint[])`;
  await scope.sql`
    update campaign set state = ${state}::campaign_state, rescan_epoch = rescan_epoch + 1, finished_at = null, reopened_at = now(), updated_at = now()
     where tenant_id = ${scope.tenantId}::uuid and id = ${campaign.id}::uuid`;
  await audit(scope, {
    action: 'campaign.resend-unknown',
    target: `campaign:${campaign.id}`,
    detail: { resent, isAll: input.deliveryIds === 'all' },
  });
  await notifyDue(scope);
  return { resent };
}
