import { Card, EmptyState } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';

/** From which domains this tenant may send; staff enter them. */
export function DomainsCard({ domains, zone }: DomainsCardProps) {
  const t = useTranslations('settings');
  return (
    <Card title={t('domains')} description={t('domainsText')} isFlush={domains.length === 0}>
      {domains.length === 0 ? (
        <EmptyState title={t('noDomains')}>{t('noDomainsText')}</EmptyState>
      ) : (
        <ul className="flex flex-col gap-2 text-sm">
          {domains.map(({ domain, createdAt }) => (
            <li key={domain} className="flex flex-wrap justify-between gap-x-4">
              <span className="font-mono">{domain}</span>
              <span className="text-ink-muted">
                <Time at={createdAt.getTime()} zone={zone} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export interface DomainsCardProps {
  domains: readonly { domain: string; createdAt: Date }[];
  zone: string;
}
