'use client';
/** Releases what is held up at a site, and sets the destinations at which everybody's dead addresses are cleaned. */
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { releaseBlock, removeCleaningFloor, setCleaningFloor } from '../actions/staff-acts.ts';

export function ReleaseBlock({ site, source }: { site: string; source: string }) {
  const t = useTranslations('hygiene.acts');
  return (
    <ActionDialog
      label={t('release')}
      button={{ size: 'sm', 'aria-label': t('releaseOf', { site, source }) }}
      title={t('releaseTitle', { site, source })}
      action={releaseBlock}
      values={{ site, source }}
      submitLabel={t('release')}
    >
      <p>{t('releaseText')}</p>
      <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
    </ActionDialog>
  );
}

export function AddFloor() {
  const t = useTranslations('hygiene.acts');
  return (
    <ActionDialog
      label={t('addFloor')}
      title={t('addFloor')}
      action={setCleaningFloor}
      submitLabel={t('addFloor')}
    >
      <p>{t('addFloorText')}</p>
      <FormText name="domain" placeholder="docomo.ne.jp" field={{ label: t('domain') }} />
      <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
    </ActionDialog>
  );
}

export function RemoveFloor({ domain }: { domain: string }) {
  const t = useTranslations('hygiene.acts');
  return (
    <ActionDialog
      label={t('removeFloor')}
      button={{ size: 'sm', 'aria-label': t('removeFloorOf', { domain }) }}
      title={t('removeFloorOf', { domain })}
      action={removeCleaningFloor}
      values={{ domain }}
      submitLabel={t('removeFloor')}
    >
      <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
    </ActionDialog>
  );
}
