/** Locks a campaign's row: a fence holds it FOR SHARE, so that what commits after this lock stops or starts fencing at once. */
import {
  type CampaignAction,
  type CampaignState,
  type DeliveryMode,
  transition,
} from '@hikyaku/campaigns';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface LockedCampaign {
  id: string;
  kind: 'regular' | 'test';
  mode: DeliveryMode;
  state: CampaignState;
  /** null until the audience cut is complete. */
  total: number | null;
  listId: string | null;
  templateId: string | null;
  fromEmail: string;
  launchedAt: Date | null;
}

/** Throws DbError NOT_FOUND, also for another tenant's campaign, and INVALID_ID. */
export async function lockCampaign(
  scope: TenantScope,
  campaignId: string,
): Promise<LockedCampaign> {
  const id = requireUuid(campaignId, 'The campaign id');
  const rows = await scope.sql<LockedCampaign>`
    select id, kind::text as kind, mode::text as mode, state::text as state, total, list_id as "listId", template_id as "templateId",
           from_email as "fromEmail", launched_at as "launchedAt"
      from campaign where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid
       for no key update`;
  if (!rows[0]) throw new DbError('NOT_FOUND', 'There is no such campaign.');
  return rows[0];
}

/** The state that the action leads to. Throws DbError CONFLICT (`campaign-action-not-allowed`). */
export function moveOf(campaign: LockedCampaign, action: CampaignAction): CampaignState {
  const isLaunchComplete = campaign.total !== null;
  const moved = transition(campaign.state, action, { isLaunchComplete });
  if (moved.ok) return moved.state;
  throw new DbError('CONFLICT', `A campaign that is ${campaign.state} does not allow ${action}.`, {
    reason: moved.code,
  });
}
