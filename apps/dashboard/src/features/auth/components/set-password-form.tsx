'use client';
import { Card, TextField } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { setPassword } from '../actions/set-password.ts';
import { NewPasswordField } from './new-password-field.tsx';

/** What a one-time link opens: choose a password, then sign in with it. */
export function SetPasswordForm({ token, email, kind }: SetPasswordFormProps) {
  const t = useTranslations('auth');
  return (
    <Card>
      <h1 className="text-lg font-semibold">{t(`linkTitle.${kind}`)}</h1>
      <p className="mt-1 mb-4 text-sm text-ink-muted">{t(`linkText.${kind}`)}</p>
      <ActionForm
        action={setPassword}
        values={{ token }}
        onDone={() => window.location.assign('/sign-in?password=set')}
      >
        <TextField
          field={{ label: t('email') }}
          type="email"
          autoComplete="username"
          value={email}
          readOnly
        />
        <NewPasswordField />
        <SubmitButton>{t('setPassword')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}

export interface SetPasswordFormProps {
  token: string;
  email: string;
  kind: 'invite' | 'reset';
}
