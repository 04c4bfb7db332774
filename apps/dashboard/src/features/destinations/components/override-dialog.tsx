'use client';
/** Staff's own limits of a destination. They bind always; what is learned binds below them. */
import type { SiteProfileValues } from '@hikyaku/contracts';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { overrideDestination } from '../actions/override-destination.ts';
import { LIMIT_FIELDS } from '../limit-fields.ts';

export function OverrideDialog({ site, values }: { site: string; values: SiteProfileValues }) {
  const t = useTranslations('destinations');
  return (
    <ActionDialog
      label={t('override')}
      title={t('overrideTitle')}
      action={overrideDestination}
      values={{ site }}
      submitLabel={t('overrideSave')}
    >
      <p>{t('overrideText')}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {LIMIT_FIELDS.map((field) => (
          <FormText
            key={field}
            name={field}
            inputMode="decimal"
            defaultValue={values[field] ?? ''}
            field={{ label: t(`field.${field}`), hint: t(`hint.${field}`) }}
          />
        ))}
      </div>
      <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
    </ActionDialog>
  );
}
