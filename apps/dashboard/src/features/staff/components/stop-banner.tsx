/** Above every staff page while something is stopped, so that nobody forgets it. */
import { Alert, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function StopBanner({ all, isAll }: { all: number; isAll: boolean }) {
  const t = useTranslations('staff.stops');
  if (all === 0) return null;
  return (
    <div className="mb-6">
      <Alert tone="bad" title={isAll ? t('bannerAll') : t('bannerSome', { count: all })} isStill>
        <TextLink href="/staff/sending">{t('bannerLink')}</TextLink>
      </Alert>
    </div>
  );
}
