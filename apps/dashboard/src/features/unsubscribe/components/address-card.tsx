/** Asks for the address, for a bulk message names nobody. A plain form: it works in any browser, without scripts. */
import { Alert, Button, Card, TextField, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function AddressCard({ token, tenant, answer }: AddressCardProps) {
  const t = useTranslations('unsubscribe');
  const path = encodeURIComponent(token);
  if (answer.kind === 'asked')
    return (
      <Card>
        <h1 className="text-lg font-semibold">{t('askedTitle')}</h1>
        <p className="mt-2 text-sm">{t('askedBody', { tenant })}</p>
        <p className="mt-2 text-sm text-ink-muted">{t('close')}</p>
        <p className="mt-4 text-sm">
          <TextLink href={`/unsubscribe/${path}`}>{t('again')}</TextLink>
        </p>
      </Card>
    );
  return (
    <Card>
      <div className="not-empty:mb-4">
        {answer.kind === 'failed' && <Alert tone="bad">{t('failed')}</Alert>}
        {answer.kind === 'wait' && (
          <Alert tone="warn">{t('wait', { seconds: answer.seconds })}</Alert>
        )}
      </div>
      <h1 className="text-lg font-semibold">{t('ask', { tenant })}</h1>
      <form method="post" action={`/u/${path}`} className="mt-4 flex flex-col gap-5">
        <input type="hidden" name="confirm" value="1" />
        <TextField
          field={{
            label: t('address'),
            hint: t('bodyBulk'),
            error: answer.kind === 'invalid' && t('invalid'),
            isRequired: true,
          }}
          name="email"
          type="email"
          autoComplete="email"
          maxLength={254}
          required
        />
        <Button type="submit" variant="primary" className="w-fit">
          {t('button')}
        </Button>
      </form>
    </Card>
  );
}

/** What became of the last address that was entered. */
export type AddressAnswer =
  | { kind: 'none' | 'asked' | 'invalid' | 'failed' }
  | { kind: 'wait'; seconds: number };

export interface AddressCardProps {
  token: string;
  /** The sender's name. */
  tenant: string;
  answer: AddressAnswer;
}
