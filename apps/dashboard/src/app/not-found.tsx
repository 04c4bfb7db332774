import { LinkButton } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { MessagePage } from '#shell/message-page.tsx';

export default function NotFound() {
  const t = useTranslations('shell');
  return (
    <MessagePage
      title={t('notFoundTitle')}
      text={t('notFoundText')}
      actions={<LinkButton href="/">{t('toHome')}</LinkButton>}
    />
  );
}
