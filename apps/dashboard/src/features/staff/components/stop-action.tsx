'use client';
/** Stops something, or lets it go on, with a reason that the tenants concerned see. */
import type { StopScope } from '@hikyaku/db';
import type { ButtonProps } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { resumeSending, stopSending } from '../actions/stop-sending.ts';

/** Without `target.key` a destination is asked for. `name` says what it is in the title. */
export function StopAction({ target, name, isStopped, label, button }: StopActionProps) {
  const t = useTranslations('staff.stops');
  const act = isStopped ? 'resume' : 'stop';
  const asksForKey = target.scope === 'destination' && target.key === undefined;
  return (
    <ActionDialog
      label={label ?? t(act)}
      button={{
        variant: isStopped ? 'secondary' : 'danger',
        'aria-label': label ? undefined : `${t(act)}: ${name}`,
        ...button,
      }}
      title={t(`${act}Title`, { name })}
      action={isStopped ? resumeSending : stopSending}
      values={target}
      submitLabel={t(act)}
      isDangerous={!isStopped}
    >
      <p>{t(`${act}Text`)}</p>
      {asksForKey && (
        <FormText
          name="key"
          field={{ label: t('destination'), hint: t('destinationHint') }}
          placeholder="docomo.ne.jp"
          autoFocus
        />
      )}
      <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
    </ActionDialog>
  );
}

export interface StopActionProps {
  target: { scope: StopScope; key?: string };
  name: string;
  isStopped: boolean;
  label?: string;
  button?: Omit<ButtonProps, 'onClick' | 'children'>;
}
