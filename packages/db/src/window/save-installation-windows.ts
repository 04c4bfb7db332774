/** Changes the windows that bind the whole installation. Campaigns under way follow at once. */
import {
  findWindowFault,
  groupKeysOf,
  type LevelWindows,
  type WindowFault,
} from '@hikyaku/campaigns';
import { audit } from '../audit/audit.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { StaffScope } from '../scope/scopes.ts';
import { type ClosedCampaign, findClosedCampaign } from './find-closed-campaign.ts';
import { lockWindows, readGroups } from './read-windows.ts';

export type SaveWindowsResult =
  | { ok: true }
  | { ok: false; fault: WindowFault; campaign: ClosedCampaign | null };

/** Changes nothing where a window is none, or where a campaign that is scheduled or under way would never be open. */
export async function saveInstallationWindows(
  scope: StaffScope,
  input: LevelWindows & { reason: string; nowMs: number },
): Promise<SaveWindowsResult> {
  await lockWindows(scope, 'change');
  const keys = groupKeysOf(await readGroups(scope));
  const installation = {
    window: input.window,
    groupWindows: Object.fromEntries(
      Object.entries(input.groupWindows).filter(([key]) => keys.includes(key)),
    ),
  };
  const alone = { installation, tenant: installation, campaign: installation };
  const fault = findWindowFault(alone, keys, input.nowMs);
  if (fault) return { ok: false, fault, campaign: null };
  const closed = await findClosedCampaign(scope, { installation }, input.nowMs);
  if (closed) return { ok: false, fault: closed.fault, campaign: closed };
  await scope.sql`
    update installation set "window" = ${JSON.stringify(installation.window)}::jsonb,
           group_windows = ${JSON.stringify(installation.groupWindows)}::jsonb,
           updated_at = now(), updated_by = ${scope.staffUserId}::uuid returning 1 as one`;
  await scope.sql`
    update campaign_lane set next_due_at = now() where done_at is null and next_due_at > now() returning 1 as one`;
  await audit(scope, {
    action: 'installation.windows',
    target: 'installation',
    reason: input.reason,
    detail: installation,
  });
  await notifyDue(scope);
  return { ok: true };
}
