'use client';
/** The hours that bind the whole installation, in general and for single destination groups. */
import { Alert } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { FormSelect, FormText } from '#shell/form-fields.tsx';
import { GroupHours } from '#shell/group-hours.tsx';
import { WindowCard } from '#shell/window-card.tsx';
import { saveWindows } from '../actions/save-windows.ts';
import type { InstallationWindows } from '../queries/read-windows.ts';

export function WindowsForm({ windows, groups, zones }: WindowsFormProps) {
  const t = useTranslations('staff.windows');
  const router = useRouter();
  const { window, groupWindows } = windows;
  const [isSaved, setSaved] = useState(false);
  const [groupHours, setGroupHours] = useState<Record<string, { start: string; end: string }>>(
    Object.fromEntries(
      Object.entries(groupWindows).map(([key, { start, end }]) => [key, { start, end }]),
    ),
  );
  return (
    <ActionForm
      action={saveWindows}
      values={{ groupHours }}
      onDone={() => {
        setSaved(true);
        router.refresh();
      }}
    >
      {isSaved && <Alert tone="good">{t('saved')}</Alert>}
      <WindowCard window={window} description={t('windowText')}>
        <div className="max-w-xs">
          <FormSelect name="zone" field={{ label: t('zone') }} defaultValue={window.zone}>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </FormSelect>
        </div>
        <GroupHours groups={groups} hours={groupHours} onChange={setGroupHours} />
        <div className="flex max-w-xl flex-col gap-4 border-t border-line pt-5">
          <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
          <div>
            <SubmitButton>{t('save')}</SubmitButton>
          </div>
        </div>
      </WindowCard>
    </ActionForm>
  );
}

export interface WindowsFormProps extends InstallationWindows {
  zones: readonly string[];
}
