/** Everything that was sent to one person, across campaigns. A plain GET form. */
import { Button, Card, Input } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { DeliveryTo } from '../queries/deliveries-to.ts';
import { DeliveriesToTable } from './deliveries-to-table.tsx';

export function AddressSearch({ email, found, zone }: AddressSearchProps) {
  const t = useTranslations('reports.search');
  return (
    <Card title={t('title')} description={t('hint')} isFlush>
      <search>
        <form method="get" action="/reports" className="flex max-w-xl gap-2 px-5 pb-4">
          <Input
            type="search"
            name="email"
            aria-label={t('label')}
            placeholder={t('placeholder')}
            defaultValue={email}
          />
          <Button type="submit" icon="search">
            {t('button')}
          </Button>
        </form>
      </search>
      {found && (
        <div className="border-t border-line" role="status">
          {found.length === 0 ? (
            <p className="px-5 py-4 text-sm text-ink-muted">{t('none', { email })}</p>
          ) : (
            <DeliveriesToTable rows={found} zone={zone} caption={t('results', { email })} />
          )}
        </div>
      )}
    </Card>
  );
}

export interface AddressSearchProps {
  email: string;
  /** null: nothing was asked. */
  found: readonly DeliveryTo[] | null;
  zone: string;
}
