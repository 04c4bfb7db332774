import { Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export default function BrokenLink() {
  const t = useTranslations('unsubscribe');
  return (
    <Card>
      <h1 className="text-lg font-semibold">{t('brokenTitle')}</h1>
      <p className="mt-2 text-sm text-ink-muted">{t('brokenBody')}</p>
    </Card>
  );
}
