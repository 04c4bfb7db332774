import { Card, EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { TenantRow } from '../queries/list-tenants.ts';
import { StatusBadge } from './status-badge.tsx';

const ZONE = 'Asia/Tokyo';

/** All tenants; each opens its own page. */
export function TenantsTable({ tenants }: { tenants: TenantRow[] }) {
  const t = useTranslations('staff');
  const format = useFormatter();
  return (
    <Card isFlush>
      <Table
        caption={t('tenants')}
        rows={tenants}
        rowKey={(tenant) => tenant.id}
        empty={<EmptyState title={t('noTenants')}>{t('noTenantsText')}</EmptyState>}
        columns={[
          {
            key: 'name',
            header: t('tenantName'),
            isLead: true,
            cell: (tenant) => (
              <TextLink isQuiet href={`/staff/tenants/${tenant.id}`} className="font-medium">
                {tenant.name}
              </TextLink>
            ),
          },
          {
            key: 'status',
            header: t('status'),
            cell: (tenant) => <StatusBadge status={tenant.status} />,
          },
          ...(['memberships', 'senderDomains', 'campaigns'] as const).map((key) => ({
            key,
            header: t(key),
            isNumber: true,
            cell: (tenant: TenantRow) => format.number(tenant[key]),
          })),
          {
            key: 'created',
            header: t('createdAt'),
            cell: (tenant) => <Time at={tenant.createdAt.getTime()} zone={ZONE} />,
          },
        ]}
      />
    </Card>
  );
}
