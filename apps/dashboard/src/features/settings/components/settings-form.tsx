'use client';
import { Alert, Card, Checkbox } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { GroupNames } from '#format/binding-text.ts';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { FormSelect, FormText } from '#shell/form-fields.tsx';
import { GroupHours } from '#shell/group-hours.tsx';
import { WindowCard } from '#shell/window-card.tsx';
import { saveSettings } from '../actions/save-settings.ts';
import type { Settings } from '../queries/read-settings.ts';

/** Name, zone, window and cleaning of the tenant. */
export function SettingsForm({ settings, groups, zones, canChange }: SettingsFormProps) {
  const t = useTranslations('settings');
  const router = useRouter();
  const [isSaved, setSaved] = useState(false);
  const [groupHours, setGroupHours] = useState(hoursOf(settings.groupWindows));
  return (
    <ActionForm
      action={saveSettings}
      values={{ groupHours }}
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
        <WindowCard window={settings.window} description={t('windowText')}>
          <GroupHours groups={groups} hours={groupHours} onChange={setGroupHours} />
        </WindowCard>
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

function hoursOf(windows: Settings['groupWindows']) {
  return Object.fromEntries(
    Object.entries(windows).map(([key, { start, end }]) => [key, { start, end }]),
  );
}

export interface SettingsFormProps {
  settings: Settings;
  groups: readonly GroupNames[];
  zones: readonly string[];
  canChange: boolean;
}
