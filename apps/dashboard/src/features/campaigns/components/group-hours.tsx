'use client';
/** Hours for one destination group alone, and everything that binds it: the overlap is when its people get mail. */
import { Checkbox, TextField } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useBindingText, useGroupName } from '#format/binding-text.ts';
import type { DraftForm } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';
import type { ComposeOptions } from '../queries/compose-options.ts';
import type { SetDraft } from './use-draft.ts';

export function GroupHours({ form, set, groups, windows }: GroupHoursProps) {
  const t = useTranslations('campaigns.compose');
  const groupName = useGroupName(groups);
  const bindingText = useBindingText(groups);
  const { groupHours } = form;
  const setHours = (key: string, hours: Hours | null) => {
    const { [key]: _, ...others } = groupHours;
    set({ groupHours: hours ? { ...others, [key]: hours } : others });
  };
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-5">
      <div>
        <h3 className="text-sm font-medium">{t('groups')}</h3>
        <p className="mt-0.5 text-[0.8125rem] text-ink-muted">{t('groupsHint')}</p>
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {windows.byGroup.map(({ key, binding }) => {
          const hours = groupHours[key];
          return (
            <li key={key} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
              <Checkbox
                label={t('groupOwn', { group: groupName(key) })}
                checked={hours !== undefined}
                onChange={(event) => setHours(key, event.target.checked ? OFFICE : null)}
              />
              {hours && (
                <div className="grid max-w-sm grid-cols-2 gap-4 pl-7">
                  <TextField
                    field={{ label: t('groupStart', { group: groupName(key) }) }}
                    type="time"
                    value={hours.start}
                    onChange={(event) => setHours(key, { ...hours, start: event.target.value })}
                  />
                  <TextField
                    field={{ label: t('groupEnd', { group: groupName(key) }) }}
                    type="time"
                    value={hours.end === '24:00' ? '00:00' : hours.end}
                    onChange={(event) => setHours(key, { ...hours, end: event.target.value })}
                  />
                </div>
              )}
              <p className="pl-7 text-[0.8125rem] text-ink-muted">
                {t('groupBinds', { windows: bindingText.all(binding) })}
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type Hours = { start: string; end: string };
const OFFICE: Hours = { start: '09:00', end: '18:00' };

export interface GroupHoursProps {
  form: DraftForm;
  set: SetDraft;
  groups: ComposeOptions['groups'];
  windows: CampaignCheck['windows'];
}
