/** A draft as its form, with what it can be composed of and what the checklist thinks of it now. */
import { type CampaignState, formatLocalTime, isKnownZone } from '@hikyaku/campaigns';
import type { TenantScope } from '@hikyaku/db';
import type { DraftForm } from '../draft-form.ts';
import { type CampaignCheck, checkCampaign } from './check-campaign.ts';
import { type ComposeOptions, composeOptions } from './compose-options.ts';
import { getCampaign } from './get-campaign.ts';

export interface LoadedDraft {
  state: CampaignState;
  form: DraftForm;
  check: CampaignCheck;
  options: ComposeOptions;
}

const HOUR_MS = 3_600_000;

/** null when this tenant has no such campaign, or it is a test. */
export async function loadDraft(
  scope: TenantScope,
  id: string,
  nowMs: number,
): Promise<LoadedDraft | null> {
  const campaign = await getCampaign(scope, id);
  if (campaign?.kind !== 'regular') return null;
  const options = await composeOptions(scope);
  const { window, groupWindows, startAtMs, expiresAtMs } = campaign;
  const zone = isKnownZone(window.zone) ? window.zone : options.tenantWindow.zone;
  // The field needs a time even while "now" is chosen: the next full hour but one.
  const proposedMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS + HOUR_MS;
  const isAllDay = window.start === '00:00' && window.end === '24:00';
  const form: DraftForm = {
    name: campaign.name,
    listId: options.lists.some((list) => list.id === campaign.listId) ? campaign.listId : null,
    templateId: options.templates.some((template) => template.id === campaign.templateId)
      ? campaign.templateId
      : null,
    mode: campaign.mode,
    fromName: campaign.fromName,
    fromEmail: campaign.fromEmail,
    startMode: startAtMs === null ? 'now' : 'at',
    startLocal: formatLocalTime(startAtMs ?? proposedMs, zone),
    zone: window.zone,
    isAllDay,
    days: window.days,
    windowStart: isAllDay ? '09:00' : window.start,
    windowEnd: isAllDay ? '21:00' : window.end,
    groupHours: Object.fromEntries(
      Object.entries(groupWindows).map(([key, { start, end }]) => [key, { start, end }]),
    ),
    expiresLocal: expiresAtMs === null ? '' : formatLocalTime(expiresAtMs, zone),
  };
  return { state: campaign.state, form, options, check: await checkCampaign(scope, form, nowMs) };
}
