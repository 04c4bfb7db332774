'use client';
/** The campaign's hours for single destination groups, with everything that binds each: mail goes while all are open. */
import { isAllDay } from '@hikyaku/campaigns';
import { useTranslations } from 'next-intl';
import { useBindingText } from '#format/binding-text.ts';
import { GroupHours } from '#shell/group-hours.tsx';
import type { DraftForm } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';
import type { ComposeOptions } from '../queries/compose-options.ts';
import type { SetDraft } from './use-draft.ts';

export function CampaignGroupHours({ form, set, groups, windows }: CampaignGroupHoursProps) {
  const t = useTranslations('campaigns.compose');
  const bindingText = useBindingText(groups);
  const bindingOf = new Map(windows.byGroup.map(({ key, binding }) => [key, binding]));
  // What is always open holds nothing back and only hides what does.
  const note = (key: string) => {
    const binding = (bindingOf.get(key) ?? []).filter(({ window }) => !isAllDay(window));
    if (binding.length === 0) return t('groupAlways');
    return t('groupBinds', { windows: bindingText.all(binding) });
  };
  return (
    <GroupHours
      groups={groups}
      hours={form.groupHours}
      onChange={(groupHours) => set({ groupHours })}
      note={note}
    />
  );
}

export interface CampaignGroupHoursProps {
  form: DraftForm;
  set: SetDraft;
  groups: ComposeOptions['groups'];
  windows: CampaignCheck['windows'];
}
