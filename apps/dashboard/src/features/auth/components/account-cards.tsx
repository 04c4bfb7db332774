'use client';
import { Alert, Card } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { changePassword } from '../actions/change-password.ts';
import { renamePerson } from '../actions/rename-person.ts';
import { NewPasswordField } from './new-password-field.tsx';

/** One's own name. */
export function NameCard({ name }: { name: string }) {
  const t = useTranslations('auth');
  const router = useRouter();
  const [isSaved, setSaved] = useState(false);
  return (
    <Card title={t('profile')}>
      <ActionForm
        action={renamePerson}
        onDone={() => {
          setSaved(true);
          router.refresh();
        }}
      >
        {isSaved && <Alert tone="good">{t('saved')}</Alert>}
        <FormText
          name="name"
          autoComplete="name"
          field={{ label: t('name'), className: 'max-w-md' }}
          defaultValue={name}
        />
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}

/** One's own password; changing it ends every session, so one signs in anew. */
export function PasswordCard({ email }: { email: string }) {
  const t = useTranslations('auth');
  return (
    <Card title={t('passwordTitle')} description={t('passwordText')}>
      <ActionForm
        action={changePassword}
        className="flex max-w-md flex-col gap-4"
        onDone={() => window.location.assign('/sign-in?password=changed')}
      >
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <FormText
          name="current"
          type="password"
          autoComplete="current-password"
          field={{ label: t('currentPassword') }}
        />
        <NewPasswordField />
        <div>
          <SubmitButton>{t('changePassword')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}
