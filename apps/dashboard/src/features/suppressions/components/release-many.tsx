'use client';
import type { SuppressionReason } from '@hikyaku/contracts';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormTextarea } from '#shell/form-fields.tsx';
import { releaseMany } from '../actions/release-many.ts';

/** Releases all that the present search finds, with one reason. */
export function ReleaseMany({ q, reason }: { q: string; reason: SuppressionReason | '' }) {
  const t = useTranslations('suppressions');
  return (
    <ActionDialog
      label={t('releaseMany')}
      button={{ size: 'sm' }}
      title={t('releaseManyTitle')}
      action={releaseMany}
      values={{ search: q, kind: reason }}
      submitLabel={t('releaseMany')}
    >
      <p>{t('releaseManyText')}</p>
      <FormTextarea
        name="reason"
        rows={2}
        autoFocus
        field={{ label: t('releaseReason'), hint: t('releaseHint'), isRequired: true }}
      />
    </ActionDialog>
  );
}
