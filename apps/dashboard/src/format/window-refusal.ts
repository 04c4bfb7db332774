/** Why windows are refused, with those at fault and the campaign that they would shut by name. For actions. */
import type { WindowFault } from '@hikyaku/campaigns';
import type { ClosedCampaign } from '@hikyaku/db';
import { getLocale, getTranslations } from 'next-intl/server';
import { Refusal } from '#server/refusal.ts';
import { bindingTextOf, type GroupNames, groupNameOf } from './binding-text.ts';

/** `campaign` is null where the windows leave no time by themselves. */
export async function windowRefusal(
  fault: WindowFault,
  campaign: Pick<ClosedCampaign, 'campaignName' | 'tenantName'> | null,
  groups: readonly GroupNames[],
): Promise<Refusal> {
  const code = fault.code.toUpperCase().replaceAll('-', '_');
  // One window that is none: it is said beside its field.
  const isTogether = fault.code === 'windows-never-open' || fault.code === 'windows-too-short';
  if (!isTogether && !campaign) return new Refusal(code, {}, { window: code });
  const locale = await getLocale();
  const windows = bindingTextOf(await getTranslations('campaigns'), groups, locale).all(
    fault.windows,
  );
  const params = { windows, group: groupNameOf(groups, fault.group, locale) };
  if (!campaign) return new Refusal('WINDOWS_APART', params);
  const { campaignName, tenantName } = campaign;
  return new Refusal('WINDOWS_SHUT_CAMPAIGN', {
    ...params,
    campaign: campaignName,
    tenant: tenantName,
  });
}
