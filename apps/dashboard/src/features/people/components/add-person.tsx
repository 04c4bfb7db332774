'use client';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { addPerson } from '../actions/add-person.ts';
import type { PersonList } from '../person.ts';
import { PersonFields } from './person-fields.tsx';

/** Adds one person by hand; a list that has no columns yet is offered a name. */
export function AddPerson({ list }: { list: PersonList }) {
  const t = useTranslations('people');
  const columns =
    list.columns.length > 0 ? list.columns : [{ key: 'name', label: t('defaultColumn') }];
  return (
    <ActionDialog
      label={t('add')}
      button={{ icon: 'plus' }}
      title={t('addTitle')}
      action={addPerson}
      values={{ listId: list.id, columns }}
      submitLabel={t('addSubmit')}
    >
      <FormText name="email" type="email" field={{ label: t('email') }} autoFocus />
      <PersonFields columns={columns} values={{}} />
    </ActionDialog>
  );
}
