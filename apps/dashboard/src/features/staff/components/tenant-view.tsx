import { Card, Facts } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { TenantDetail } from '../queries/read-tenant.ts';
import { DomainsCard } from './domains-card.tsx';
import { PeopleCard } from './people-card.tsx';

/** Everything staff see of one tenant. */
export function TenantView({ tenant }: { tenant: TenantDetail }) {
  const t = useTranslations('staff');
  const format = useFormatter();
  const { id, zone } = tenant;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title={t('facts')}>
        <Facts
          items={[
            {
              key: 'created',
              label: t('createdAt'),
              value: <Time at={tenant.createdAt.getTime()} zone={zone} />,
            },
            { key: 'zone', label: t('zone'), value: zone },
            {
              key: 'cleaning',
              label: t('cleaning'),
              value: t(tenant.isCleaningOn ? 'on' : 'off'),
            },
            { key: 'lists', label: t('lists'), value: format.number(tenant._count.lists) },
            {
              key: 'campaigns',
              label: t('campaigns'),
              value: format.number(tenant._count.campaigns),
            },
            {
              key: 'suppressions',
              label: t('suppressions'),
              value: format.number(tenant._count.suppressions),
            },
          ]}
        />
      </Card>
      <DomainsCard
        tenantId={id}
        zone={zone}
        domains={tenant.senderDomains.map(({ domain, createdAt }) => ({
          domain,
          createdAt: createdAt.getTime(),
        }))}
      />
      <div className="lg:col-span-2">
        <PeopleCard
          tenantId={id}
          zone={zone}
          people={tenant.memberships.map(({ role, user }) => ({
            ...{ role, id: user.id, email: user.email, name: user.name },
            lastSignInAt: user.lastSignInAt?.getTime() ?? null,
          }))}
        />
      </div>
    </div>
  );
}
