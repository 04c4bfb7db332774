'use client';
/** Puts a code from an action or a route into words. */
import { useTranslations } from 'next-intl';
import type { RefusalParams } from '#server/refusal.ts';

/** An unknown code is shown as it is, inside the sentence for the unexpected. */
export function useErrorText(): (code: string, params?: RefusalParams) => string {
  const t = useTranslations('errors');
  return (code, params) =>
    t.has(code as never) ? t(code as never, params as never) : t('UNKNOWN_CODE', { code } as never);
}
