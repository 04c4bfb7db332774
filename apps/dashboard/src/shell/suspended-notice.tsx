import { Alert } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

/** Above every page of a suspended tenant: what still works and what to do. */
export function SuspendedNotice() {
  const t = useTranslations('shell');
  return (
    <div className="mb-6">
      <Alert tone="bad" title={t('suspendedTitle')} isStill>
        {t('suspendedText')}
      </Alert>
    </div>
  );
}
