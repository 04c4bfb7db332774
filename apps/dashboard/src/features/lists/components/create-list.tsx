'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { createList } from '../actions/create-list.ts';

/** Asks for a name and opens the new list, where its people can be uploaded. */
export function CreateList() {
  const t = useTranslations('lists');
  const router = useRouter();
  return (
    <ActionDialog
      label={t('create')}
      button={{ variant: 'primary', icon: 'plus' }}
      title={t('createTitle')}
      action={createList}
      onDone={({ id }) => router.push(`/lists/${id}`)}
      submitLabel={t('createSubmit')}
    >
      <FormText name="name" field={{ label: t('name'), hint: t('nameHint') }} autoFocus />
    </ActionDialog>
  );
}
