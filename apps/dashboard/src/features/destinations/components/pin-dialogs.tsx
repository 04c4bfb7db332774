'use client';
/** Keeps a learned limit where it is, or lets it be learned again; both with a reason. */
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { pinLimit, releasePin } from '../actions/pin-limit.ts';

export function PinDialog({
  site,
  field,
  source,
  value,
}: PinTarget & { source: string; value: string }) {
  const t = useTranslations('destinations');
  const name = t(`field.${field}`);
  return (
    <ActionDialog
      label={t('pin')}
      button={{ size: 'sm', 'aria-label': `${t('pin')}: ${name}` }}
      title={t('pinTitle', { name, value })}
      action={pinLimit}
      values={{ site, field, source }}
      submitLabel={t('pin')}
    >
      <p>{t('pinText')}</p>
      <Reason />
    </ActionDialog>
  );
}

export function UnpinDialog({ site, field }: PinTarget) {
  const t = useTranslations('destinations');
  const name = t(`field.${field}`);
  return (
    <ActionDialog
      label={t('unpin')}
      button={{ size: 'sm', 'aria-label': `${t('unpin')}: ${name}` }}
      title={t('unpinTitle', { name })}
      action={releasePin}
      values={{ site, field }}
      submitLabel={t('unpin')}
    >
      <p>{t('unpinText')}</p>
      <Reason />
    </ActionDialog>
  );
}

function Reason() {
  const t = useTranslations('destinations');
  return <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} autoFocus />;
}

export interface PinTarget {
  site: string;
  field: 'recipientsMax' | 'transactionsMax' | 'rateMax';
}
