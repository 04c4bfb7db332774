/** Asks before it unsubscribes, and says so once it is done. A plain form: it works in any browser, without scripts. */
import { Alert, Button, Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { maskAddress } from '../mask-address.ts';
import type { Subscription } from '../queries/subscription.ts';

export function UnsubscribeCard({ token, subscription, hasFailed }: UnsubscribeCardProps) {
  const t = useTranslations('unsubscribe');
  const { tenantName: tenant, isUnsubscribed } = subscription;
  const email = maskAddress(subscription.email);
  if (isUnsubscribed)
    return (
      <Card>
        <h1 className="text-lg font-semibold">{t('doneTitle')}</h1>
        <p className="mt-2 text-sm">{t('doneBody', { tenant, email })}</p>
        <p className="mt-2 text-sm text-ink-muted">{t('close')}</p>
      </Card>
    );
  return (
    <Card>
      {hasFailed && (
        <div className="mb-4">
          <Alert tone="bad">{t('failed')}</Alert>
        </div>
      )}
      <h1 className="text-lg font-semibold">{t('ask', { tenant })}</h1>
      <p className="mt-2 text-sm text-ink-muted">{t('body', { email })}</p>
      <form method="post" action={`/u/${encodeURIComponent(token)}`} className="mt-5">
        <input type="hidden" name="confirm" value="1" />
        <Button type="submit" variant="primary">
          {t('button')}
        </Button>
      </form>
    </Card>
  );
}

export interface UnsubscribeCardProps {
  token: string;
  subscription: Subscription;
  hasFailed: boolean;
}
