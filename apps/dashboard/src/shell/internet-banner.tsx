/** On every page, sign-in included: says that nothing leaves this machine, unless the operator said that it may. */
import { Icon } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { env } from '#server/env.ts';

export function InternetBanner() {
  const t = useTranslations('shell');
  if (env().DELIVER_TO_INTERNET) return null;
  return (
    <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-center text-[0.8125rem] text-warn-ink">
      <Icon name="info" className="shrink-0" />
      <span>{t('noInternet')}</span>
    </p>
  );
}
