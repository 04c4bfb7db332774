'use client';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { setTenantStatus } from '../actions/set-status.ts';

/** Suspends or resumes, with a reason. */
export function StatusAction({ tenantId, status }: StatusActionProps) {
  const t = useTranslations('staff');
  const isActive = status === 'active';
  const key = isActive ? 'suspend' : 'resume';
  return (
    <ActionDialog
      label={t(key)}
      button={{ variant: isActive ? 'danger' : 'primary' }}
      title={t(`${key}Title`)}
      action={setTenantStatus}
      values={{ tenantId, status: isActive ? 'suspended' : 'active' }}
      submitLabel={t(key)}
      isDangerous={isActive}
    >
      <p>{t(`${key}Text`)}</p>
      <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} autoFocus />
    </ActionDialog>
  );
}

export interface StatusActionProps {
  tenantId: string;
  status: 'active' | 'suspended';
}
