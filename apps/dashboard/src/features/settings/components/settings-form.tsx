'use client';
import { Alert, Card, Checkbox } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { FormSelect, FormText } from '#shell/form-fields.tsx';
import { saveSettings } from '../actions/save-settings.ts';
import type { Settings } from '../queries/read-settings.ts';
import { WindowCard } from './window-card.tsx';

/** Name, zone, window and cleaning of the tenant. */
export function SettingsForm({ settings, zones, canChange }: SettingsFormProps) {
  const t = useTranslations('settings');
  const router = useRouter();
  const [isSaved, setSaved] = useState(false);
  return (
    <ActionForm
      action={saveSettings}
      className="flex flex-col gap-5"
      onDone={() => {
        setSaved(true);
        router.refresh();
      }}
    >
      {isSaved && <Alert tone="good">{t('saved')}</Alert>}
      <fieldset disabled={!canChange} className="flex min-w-0 flex-col gap-5">
        <Card title={t('general')}>
          <div className="grid max-w-xl gap-4 sm:grid-cols-2">
            <FormText
              name="name"
              field={{ label: t('name'), className: 'sm:col-span-2' }}
              defaultValue={settings.name}
            />
            <FormSelect
              name="zone"
              field={{ label: t('zone'), hint: t('zoneHint') }}
              defaultValue={settings.zone}
            >
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </FormSelect>
            <FormSelect
              name="locale"
              field={{ label: t('locale'), hint: t('localeHint') }}
              defaultValue={settings.locale}
            >
              <option value="ja">日本語</option>
              <option value="en">English</option>
            </FormSelect>
          </div>
        </Card>
        <WindowCard window={settings.window} />
        <Card title={t('cleaning')} description={t('cleaningText')}>
          <Checkbox
            name="isCleaningOn"
            label={t('cleaningOn')}
            hint={t('cleaningHint')}
            defaultChecked={settings.isCleaningOn}
          />
        </Card>
      </fieldset>
      {canChange && (
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}

export interface SettingsFormProps {
  settings: Settings;
  zones: readonly string[];
  canChange: boolean;
}
