'use client';
/** Now, or at a local time in a zone; a time that a change of clocks moves is said aloud. */
import { Alert, ChoiceGroup, Field, Input, Radio, TextField } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STYLES } from '#format/time.tsx';
import type { DraftForm } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';
import type { SetDraft } from './use-draft.ts';
import { ZONES } from './zones.ts';

export function StartFields({ form, set, adjusted }: StartFieldsProps) {
  const t = useTranslations('campaigns.compose');
  const format = useFormatter();
  return (
    <div className="flex flex-col gap-4">
      <ChoiceGroup legend={t('start')}>
        <Radio
          name="start"
          label={t('startNow')}
          checked={form.startMode === 'now'}
          onChange={() => set({ startMode: 'now' })}
        />
        <Radio
          name="start"
          label={t('startAt')}
          checked={form.startMode === 'at'}
          onChange={() => set({ startMode: 'at' })}
        />
      </ChoiceGroup>
      <div className="grid gap-4 sm:grid-cols-2">
        {form.startMode === 'at' && (
          <TextField
            field={{ label: t('date'), isRequired: true }}
            type="datetime-local"
            value={form.startLocal}
            onChange={(event) => set({ startLocal: event.target.value })}
          />
        )}
        <Field label={t('zone')}>
          {(tie) => (
            <>
              <Input
                {...tie}
                list="zones"
                value={form.zone}
                onChange={(event) => set({ zone: event.target.value.trim() })}
              />
              <datalist id="zones">
                {ZONES.map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      <TextField
        field={{
          label: t('expires'),
          mark: t('optional'),
          hint: t('expiresHint'),
          className: 'sm:max-w-[50%]',
        }}
        type="datetime-local"
        value={form.expiresLocal}
        onChange={(event) => set({ expiresLocal: event.target.value })}
      />
      {form.startMode === 'at' && adjusted && (
        <Alert tone="warn">
          {t(adjusted.kind, {
            time: format.dateTime(adjusted.atMs, { ...STYLES.full, timeZone: form.zone }),
          })}
        </Alert>
      )}
    </div>
  );
}

export interface StartFieldsProps {
  form: DraftForm;
  set: SetDraft;
  adjusted: CampaignCheck['adjusted'];
}
