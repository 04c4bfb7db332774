'use client';
/** 日本語 / English, on every page; each language is named in itself. */
import clsx from 'clsx';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { LOCALES } from '#i18n/locale.ts';
import { setLocale } from './actions.ts';
import { useHydrated } from './form.tsx';

const NAMES = { ja: '日本語', en: 'English' };

export function LocaleSwitch() {
  const t = useTranslations('shell');
  const current = useLocale();
  const router = useRouter();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  return (
    <fieldset className="flex gap-1 text-[0.8125rem]">
      <legend className="sr-only">{t('language')}</legend>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          disabled={!isReady || isPending}
          onClick={() =>
            start(async () => {
              await setLocale({ locale });
              router.refresh();
            })
          }
          className={clsx(
            'cursor-pointer rounded-md px-2 py-1',
            locale === current ? 'bg-sunken font-medium text-ink' : 'text-ink-muted hover:text-ink',
          )}
        >
          {NAMES[locale]}
        </button>
      ))}
    </fieldset>
  );
}
