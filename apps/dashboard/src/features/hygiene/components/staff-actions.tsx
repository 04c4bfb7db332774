'use client';
/** What staff can do about one tenant: enforce cleaning, throttle, choose its sources, pause a campaign, note. */
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText, FormTextarea } from '#shell/form-fields.tsx';
import {
  enforceCleaning,
  noteTenant,
  pauseTenantCampaign,
  setSourcePool,
  throttleTenant,
} from '../actions/staff-acts.ts';

export function TenantActions({ tenantId, controls, running }: TenantActionsProps) {
  const t = useTranslations('hygiene.acts');
  const { isCleaningEnforced, weight, rateMax, sourcePool } = controls;
  const cleaning = isCleaningEnforced ? 'unenforce' : 'enforce';
  return (
    <div className="flex flex-wrap gap-2">
      <ActionDialog
        label={t(cleaning)}
        title={t(`${cleaning}Title`)}
        action={enforceCleaning}
        values={{ tenantId, isEnforced: !isCleaningEnforced }}
        submitLabel={t(cleaning)}
      >
        <p>{t(`${cleaning}Text`)}</p>
        <Reason />
      </ActionDialog>
      <ActionDialog
        label={t('throttle')}
        title={t('throttleTitle')}
        action={throttleTenant}
        values={{ tenantId }}
        submitLabel={t('throttle')}
      >
        <FormText
          name="weight"
          defaultValue={String(weight)}
          inputMode="decimal"
          field={{ label: t('weight'), hint: t('weightHint') }}
        />
        <FormText
          name="rateMax"
          defaultValue={rateMax === null ? '' : String(rateMax)}
          inputMode="decimal"
          field={{ label: t('rate'), hint: t('rateHint') }}
        />
        <Reason />
      </ActionDialog>
      <ActionDialog
        label={t('pool')}
        title={t('poolTitle')}
        action={setSourcePool}
        values={{ tenantId }}
        submitLabel={t('pool')}
      >
        <FormText
          name="pool"
          defaultValue={sourcePool}
          field={{ label: t('poolName'), hint: t('poolHint') }}
        />
        <Reason />
      </ActionDialog>
      {running.map(({ id, name }) => (
        <ActionDialog
          key={id}
          label={t('pauseOf', { name })}
          title={t('pauseTitle', { name })}
          action={pauseTenantCampaign}
          values={{ tenantId, campaignId: id }}
          submitLabel={t('pause')}
          isDangerous
        >
          <Reason />
        </ActionDialog>
      ))}
      <ActionDialog
        label={t('note')}
        title={t('noteTitle')}
        action={noteTenant}
        values={{ tenantId }}
        submitLabel={t('note')}
      >
        <FormTextarea
          name="reason"
          rows={3}
          field={{ label: t('noteLabel'), hint: t('reasonHint') }}
        />
      </ActionDialog>
    </div>
  );
}

function Reason() {
  const t = useTranslations('hygiene.acts');
  return <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />;
}

export interface TenantActionsProps {
  tenantId: string;
  controls: {
    isCleaningEnforced: boolean;
    weight: number;
    rateMax: number | null;
    sourcePool: string;
  };
  running: { id: string; name: string }[];
}
