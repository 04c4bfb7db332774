'use client';
/** Encoding and delimiter, for when the guess was wrong. Kept in the URL, so that a reload shows the same. */
import { SelectField } from '@hikyaku/ui';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useHydrated } from '#shell/form.tsx';

export function FormatChoice({ encoding, delimiter }: { encoding: string; delimiter: string }) {
  const t = useTranslations('imports');
  const router = useRouter();
  const path = usePathname();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  const choose = (change: { encoding?: string; delimiter?: string }) =>
    start(() => {
      const query = new URLSearchParams({ encoding, delimiter, ...change });
      router.replace(`${path}?${query}`, { scroll: false });
    });
  return (
    <div className="grid max-w-2xl flex-1 grid-cols-2 gap-4">
      <SelectField
        field={{ label: t('encoding'), hint: t('encodingHint') }}
        value={encoding}
        disabled={!isReady || isPending}
        onChange={(event) => choose({ encoding: event.target.value })}
      >
        <option value="utf-8">UTF-8</option>
        <option value="shift_jis">Shift_JIS</option>
      </SelectField>
      <SelectField
        field={{ label: t('delimiter') }}
        value={delimiter}
        disabled={!isReady || isPending}
        onChange={(event) => choose({ delimiter: event.target.value })}
      >
        <option value="comma">{t('comma')}</option>
        <option value="tab">{t('tab')}</option>
        <option value="semicolon">{t('semicolon')}</option>
      </SelectField>
    </div>
  );
}
