'use client';
/** Address and password. What is wrong is said without telling which of the two it was. */
import { Alert, Button, Card, TextField } from '@hikyaku/ui';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import type { RefusalParams } from '#server/refusal.ts';
import { useErrorText } from '#shell/error-text.ts';
import { useHydrated } from '#shell/form.tsx';

export function SignInForm({ next, isPasswordNew, demo }: SignInFormProps) {
  const t = useTranslations('auth');
  const errorText = useErrorText();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  const [error, setError] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    start(async () => {
      const failure = await trySignIn(data);
      if (failure) return setError(errorText(failure.code, failure.params));
      window.location.assign(next);
      // The page stays busy until the browser has left it.
      await new Promise(() => {});
    });
  };

  return (
    <>
      <Card>
        <h1 className="text-lg font-semibold">{t('signInTitle')}</h1>
        <form
          method="post"
          data-form="sign-in"
          onSubmit={submit}
          className="mt-4 flex flex-col gap-4"
        >
          {error && <Alert tone="bad">{error}</Alert>}
          {isPasswordNew && !error && (
            <Alert tone="good" isStill>
              {t('passwordIsSet')}
            </Alert>
          )}
          <TextField
            field={{ label: t('email') }}
            name="email"
            type="email"
            autoComplete="username"
            required
          />
          <TextField
            field={{ label: t('password') }}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
          <Button type="submit" variant="primary" disabled={!isReady} isPending={isPending}>
            {t('signIn')}
          </Button>
          <p className="text-[0.8125rem] text-ink-muted">{t('forgot')}</p>
        </form>
      </Card>
      {demo}
    </>
  );
}

async function trySignIn(data: FormData): Promise<{ code: string; params: RefusalParams } | null> {
  const given = { email: data.get('email'), password: data.get('password') };
  const answer = await signIn('credentials', { ...given, redirect: false }).catch(() => null);
  if (!answer) return { code: 'SERVER_UNREACHABLE', params: {} };
  if (answer.ok && !answer.error) return null;
  const [code, seconds] = (answer.error ?? '').split(':');
  if (code === 'THROTTLED') return { code, params: { seconds: Number(seconds) } };
  return { code: code === 'BUSY' ? 'BUSY' : 'SIGN_IN_WRONG', params: {} };
}

export interface SignInFormProps {
  next: string;
  /** The person comes from choosing a password. */
  isPasswordNew: boolean;
  demo: ReactNode;
}
