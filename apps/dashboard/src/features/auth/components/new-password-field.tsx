'use client';
import { Button, Field, Input } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PASSWORD_MIN } from '#server/password-length.ts';
import { useFieldError, useHydrated } from '#shell/form.tsx';

/** A new password that can be looked at, which serves better than typing it twice. */
export function NewPasswordField() {
  const t = useTranslations('auth');
  const error = useFieldError('password');
  const isReady = useHydrated();
  const [isShown, setShown] = useState(false);
  return (
    <Field
      label={t('newPassword')}
      hint={t('newPasswordHint', { min: PASSWORD_MIN })}
      error={error}
    >
      {(tie) => (
        <div className="flex gap-2">
          <Input
            {...tie}
            name="password"
            type={isShown ? 'text' : 'password'}
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
          />
          <Button
            disabled={!isReady}
            aria-pressed={isShown}
            onClick={() => setShown((shown) => !shown)}
          >
            {t(isShown ? 'hide' : 'show')}
          </Button>
        </div>
      )}
    </Field>
  );
}
