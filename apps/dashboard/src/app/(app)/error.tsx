'use client';
import { Button, LinkButton } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { MessagePage } from '#shell/message-page.tsx';

export default function AppError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations('shell');
  return (
    <MessagePage
      title={t('errorTitle')}
      text={t('errorText', { digest: error.digest ?? '-' })}
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            {t('tryAgain')}
          </Button>
          <LinkButton href="/">{t('toHome')}</LinkButton>
        </>
      }
    />
  );
}
