'use client';
import { Alert, Card } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { editPerson } from '../actions/edit-person.ts';
import { removePerson } from '../actions/remove-person.ts';
import type { PersonList } from '../person.ts';
import { PersonFields } from './person-fields.tsx';

/** Address and fields of one person, to edit or to take out of the list. */
export function PersonForm({ list, person, canChange }: PersonFormProps) {
  const t = useTranslations('people');
  const router = useRouter();
  const [isSaved, setSaved] = useState(false);
  return (
    <Card
      title={t('details')}
      actions={
        canChange && (
          <ActionDialog
            label={t('remove')}
            button={{ variant: 'danger' }}
            title={t('removeTitle')}
            action={removePerson}
            values={{ personId: person.id }}
            onDone={() => router.push(`/lists/${list.id}`)}
            submitLabel={t('remove')}
            isDangerous
          >
            <p>{t('removeText', { email: person.email })}</p>
          </ActionDialog>
        )
      }
    >
      <ActionForm
        action={editPerson}
        values={{ personId: person.id }}
        onDone={() => {
          setSaved(true);
          router.refresh();
        }}
      >
        {isSaved && <Alert tone="good">{t('saved')}</Alert>}
        <fieldset disabled={!canChange} className="flex max-w-lg flex-col gap-4">
          <FormText
            name="email"
            type="email"
            field={{ label: t('email') }}
            defaultValue={person.email}
          />
          <PersonFields columns={list.columns} values={person.fields} />
        </fieldset>
        {canChange && (
          <div>
            <SubmitButton>{t('save')}</SubmitButton>
          </div>
        )}
      </ActionForm>
    </Card>
  );
}

export interface PersonFormProps {
  list: PersonList;
  person: { id: string; email: string; fields: Record<string, string> };
  canChange: boolean;
}
