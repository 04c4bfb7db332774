import { Alert } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { isDatabaseReadOnly } from '#server/health.ts';

/** Above every page while the database takes no writes: why nothing is sent, and that it goes on by itself. */
export async function ReadOnlyNotice() {
  if (!(await isDatabaseReadOnly())) return null;
  const t = await getTranslations('shell');
  return (
    <div className="mb-6">
      <Alert tone="bad" title={t('readOnlyTitle')} isStill>
        {t('readOnlyText')}
      </Alert>
    </div>
  );
}
