/** Which campaign, scheduled or under way, would be left without any time to send in by a change of windows. */
import {
  findWindowFault,
  groupKeysOf,
  type LevelWindows,
  type WindowFault,
} from '@hikyaku/campaigns';
import { emptyFragment, fragment, type StaffScope, type TenantScope } from '../scope/scopes.ts';
import { type CampaignWindows, readGroups, readInstallationWindows } from './read-windows.ts';

export interface ClosedCampaign {
  campaignId: string;
  campaignName: string;
  tenantName: string;
  fault: WindowFault;
}

interface LiveRow extends CampaignWindows {
  campaignId: string;
  campaignName: string;
  tenantName: string;
  tenantWindow: LevelWindows['window'];
  tenantGroupWindows: LevelWindows['groupWindows'];
}

/**
 * Looks at the campaigns that the scope sees, with `change` in place of what is stored at those levels; null when all of them
 * keep some time. Call it under `lockWindows(scope, 'change')`.
 */
export async function findClosedCampaign(
  scope: TenantScope | StaffScope,
  change: { installation?: LevelWindows; tenant?: LevelWindows },
  nowMs: number,
): Promise<ClosedCampaign | null> {
  const mine =
    'tenantId' in scope ? fragment`and c.tenant_id = ${scope.tenantId}::uuid` : emptyFragment;
  const rows = await scope.sql<LiveRow>`
    select c.id as "campaignId", c.name as "campaignName", t.name as "tenantName", c."window",
           c.group_windows as "groupWindows", t."window" as "tenantWindow", t.group_windows as "tenantGroupWindows"
      from campaign c join tenant t on t.id = c.tenant_id
     where c.kind = 'regular' and c.state in ('scheduled', 'launching', 'running', 'paused')
       and (c.expires_at is null or c.expires_at > now()) ${mine}
     order by c.created_at`;
  const installation = change.installation ?? (await readInstallationWindows(scope));
  const keys = groupKeysOf(await readGroups(scope));
  for (const { campaignId, campaignName, tenantName, ...row } of rows) {
    const stored = { window: row.tenantWindow, groupWindows: row.tenantGroupWindows };
    const tenant = change.tenant ?? stored;
    const fault = findWindowFault({ installation, tenant, campaign: row }, keys, nowMs);
    if (fault) return { campaignId, campaignName, tenantName, fault };
  }
  return null;
}
