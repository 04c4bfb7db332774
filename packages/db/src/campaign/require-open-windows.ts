/** A campaign that could never be sent is refused where it would become due: no time in common, or an expiry before any of it. */
import { checkExpiry, findWindowFault, groupKeysOf } from '@hikyaku/campaigns';
import { DbError } from '../scope/db-error.ts';
import type { TenantScope } from '../scope/scopes.ts';
import {
  type CampaignWindows,
  lockWindows,
  readGroups,
  readInstallationWindows,
  readTenantWindows,
} from '../window/read-windows.ts';

/**
 * Throws DbError INVALID_INPUT with the code of the fault as reason (`windows-never-open`, `windows-too-short`, `zone-unknown`, …),
 * `expires-before-start` or `expires-before-open`.
 */
export async function requireOpenWindows(
  scope: TenantScope,
  campaignId: string,
  startMs: number,
): Promise<void> {
  await lockWindows(scope, 'share');
  const rows = await scope.sql<CampaignWindows & { expiresAt: Date | null }>`
    select "window", group_windows as "groupWindows", expires_at as "expiresAt"
      from campaign where tenant_id = ${scope.tenantId}::uuid and id = ${campaignId}::uuid`;
  const campaign = rows[0] as (typeof rows)[number];
  const levels = {
    installation: await readInstallationWindows(scope),
    tenant: await readTenantWindows(scope),
    campaign,
  };
  const groupKeys = groupKeysOf(await readGroups(scope));
  const fault = findWindowFault(levels, groupKeys, startMs);
  if (fault) {
    const named = fault.windows.map(({ level, group }) => (group ? `${level} ${group}` : level));
    throw refusal(fault.code, `Never open for ${fault.group}: ${named.join(' and ')}.`);
  }
  if (!campaign.expiresAt) return;
  const check = checkExpiry({ levels, groupKeys }, startMs, campaign.expiresAt.getTime());
  if (!check.ok) throw refusal(check.code, 'The expiry leaves no moment to send in.');
}

function refusal(reason: string, message: string): DbError {
  return new DbError('INVALID_INPUT', message, { reason });
}
