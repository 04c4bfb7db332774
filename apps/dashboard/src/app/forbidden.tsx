import { LinkButton } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { MessagePage } from '#shell/message-page.tsx';

export default function Forbidden() {
  const t = useTranslations('shell');
  return (
    <MessagePage
      title={t('forbiddenTitle')}
      text={t('forbiddenText')}
      actions={<LinkButton href="/">{t('toHome')}</LinkButton>}
    />
  );
}
