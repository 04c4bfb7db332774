'use client';
/** The delivery window of a campaign: days and hours; what binds is its overlap with the tenant's. */
import type { Window } from '@hikyaku/campaigns';
import { Checkbox, ChoiceGroup, Radio, TextField } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useWindowText } from '#format/window-text.ts';
import type { DraftForm } from '../draft-form.ts';
import type { SetDraft } from './use-draft.ts';

export function WindowFields({ form, set, tenantWindow }: WindowFieldsProps) {
  const t = useTranslations('campaigns.compose');
  const windowText = useWindowText();
  const toggle = (day: number, isOn: boolean) =>
    set({ days: isOn ? [...form.days, day].sort() : form.days.filter((other) => other !== day) });
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-5">
      <ChoiceGroup
        legend={t('window')}
        hint={
          <>
            {t('windowHint')} {t('windowTenant', { window: windowText(tenantWindow) })}
          </>
        }
      >
        <Radio
          name="window"
          label={t('between')}
          checked={!form.isAllDay}
          onChange={() => set({ isAllDay: false })}
        />
        <Radio
          name="window"
          label={t('allDay')}
          checked={form.isAllDay}
          onChange={() => set({ isAllDay: true })}
        />
      </ChoiceGroup>
      {!form.isAllDay && (
        <div className="grid max-w-sm grid-cols-2 gap-4">
          <TextField
            field={{ label: t('windowStart') }}
            type="time"
            value={form.windowStart}
            onChange={(event) => set({ windowStart: event.target.value })}
          />
          <TextField
            field={{ label: t('windowEnd') }}
            type="time"
            value={form.windowEnd === '24:00' ? '00:00' : form.windowEnd}
            onChange={(event) => set({ windowEnd: event.target.value })}
          />
        </div>
      )}
      <ChoiceGroup legend={t('days')} isInline>
        {DAYS.map((day) => (
          <Checkbox
            key={day}
            label={
              <abbr title={t(`dayLong.${day}`)} className="no-underline">
                {t(`day.${day}`)}
              </abbr>
            }
            checked={form.days.includes(day)}
            onChange={(event) => toggle(day, event.target.checked)}
          />
        ))}
      </ChoiceGroup>
    </div>
  );
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export interface WindowFieldsProps {
  form: DraftForm;
  set: SetDraft;
  tenantWindow: Window;
}
