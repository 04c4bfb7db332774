'use client';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText, FormTextarea } from '#shell/form-fields.tsx';
import { addSuppressions as add } from '../actions/add-suppressions.ts';

/** Enters addresses by hand: pasted, or the one that is given. */
export function AddSuppressions({ email }: { email?: string }) {
  const t = useTranslations('suppressions');
  return (
    <ActionDialog
      label={t(email ? 'suppressOne' : 'add')}
      button={email ? { variant: 'danger' } : { variant: 'primary', icon: 'plus' }}
      title={t(email ? 'suppressOneTitle' : 'addTitle')}
      action={add}
      values={email ? { emails: email } : {}}
      submitLabel={t('addSubmit')}
    >
      {email ? (
        <p>{t('suppressOneText', { email })}</p>
      ) : (
        <FormTextarea
          name="emails"
          rows={5}
          autoFocus
          field={{ label: t('emails'), hint: t('emailsHint') }}
        />
      )}
      <FormText name="note" field={{ label: t('note'), mark: t('optional') }} />
    </ActionDialog>
  );
}
