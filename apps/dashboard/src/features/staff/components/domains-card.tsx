'use client';
import { Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { addDomain, removeDomain } from '../actions/sender-domains.ts';

/** The domains that this tenant has proven and may send from. */
export function DomainsCard({ tenantId, domains, zone }: DomainsCardProps) {
  const t = useTranslations('staff');
  const reason = <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />;
  return (
    <Card
      title={t('senderDomains')}
      description={t('senderDomainsText')}
      actions={
        <ActionDialog
          label={t('addDomain')}
          button={{ icon: 'plus' }}
          title={t('addDomain')}
          action={addDomain}
          values={{ tenantId }}
          submitLabel={t('add')}
        >
          <FormText
            name="domain"
            field={{ label: t('domain') }}
            placeholder="example.co.jp"
            autoFocus
          />
          {reason}
        </ActionDialog>
      }
    >
      {domains.length === 0 && <p className="text-sm text-ink-muted">{t('noDomains')}</p>}
      <ul className="flex flex-col divide-y divide-line text-sm">
        {domains.map(({ domain, createdAt }) => (
          <li key={domain} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
            <span>
              <span className="font-mono">{domain}</span>
              <span className="ml-3 text-[0.8125rem] text-ink-muted">
                <Time at={createdAt} zone={zone} />
              </span>
            </span>
            <ActionDialog
              label={t('remove')}
              button={{ size: 'sm', 'aria-label': `${t('remove')}: ${domain}` }}
              title={t('removeDomainTitle', { domain })}
              action={removeDomain}
              values={{ tenantId, domain }}
              submitLabel={t('remove')}
              isDangerous
            >
              <p>{t('removeDomainText')}</p>
              {reason}
            </ActionDialog>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export interface DomainsCardProps {
  tenantId: string;
  domains: readonly { domain: string; createdAt: number }[];
  zone: string;
}
