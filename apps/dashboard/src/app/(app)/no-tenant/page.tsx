import { useTranslations } from 'next-intl';
import { MessagePage } from '#shell/message-page.tsx';

export default function NoTenantPage() {
  const t = useTranslations('shell');
  return <MessagePage title={t('noTenantTitle')} text={t('noTenantText')} />;
}
