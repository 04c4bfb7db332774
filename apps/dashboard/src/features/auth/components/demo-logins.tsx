'use client';
/** A click fills the form with one of the demo's people. */
import { Button } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useHydrated } from '#shell/form.tsx';
import type { DemoLoginsData } from '../queries/demo-logins.ts';

export function DemoLogins({ emails, password }: DemoLoginsData) {
  const t = useTranslations('auth');
  const isReady = useHydrated();
  const fill = (email: string) => {
    const form = document.querySelector<HTMLFormElement>('form[data-form=sign-in]');
    const set = (name: string, value: string) => {
      const input = form?.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = value;
    };
    set('email', email);
    set('password', password);
    form?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus();
  };
  return (
    <div className="mt-5 rounded-card border border-line bg-surface px-5 py-4 shadow-card">
      <h2 className="text-sm font-semibold">{t('demoTitle')}</h2>
      <p className="mt-0.5 text-[0.8125rem] text-ink-muted">{t('demoText')}</p>
      <ul className="mt-2 flex flex-col">
        {emails.map((email) => (
          <li key={email} className="flex items-center justify-between gap-3 text-sm">
            <span className="truncate">{email}</span>
            <Button size="sm" variant="quiet" disabled={!isReady} onClick={() => fill(email)}>
              {t('demoUse')}
              <span className="sr-only">{email}</span>
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-[0.8125rem] text-ink-muted">
        {t('password')}: <code className="font-mono text-ink">{password}</code>
      </p>
    </div>
  );
}
