import { Alert, LinkButton } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SetPasswordForm } from '#features/auth/components/set-password-form.tsx';
import { readLink } from '#features/auth/queries/read-link.ts';
import type { PageInput } from '#server/page.ts';

// The token stands in the address: it must reach nobody else.
export const metadata: Metadata = { referrer: 'no-referrer' };

export default async function PasswordPage({ params }: PageInput<'token'>) {
  const { token } = await params;
  const link = await readLink(token);
  if (link) return <SetPasswordForm token={token} email={link.email} kind={link.kind} />;
  const t = await getTranslations('auth');
  const toSignIn = <LinkButton href="/sign-in">{t('signIn')}</LinkButton>;
  return (
    <Alert tone="bad" title={t('linkDeadTitle')} actions={toSignIn} isStill>
      {t('linkDeadText')}
    </Alert>
  );
}
