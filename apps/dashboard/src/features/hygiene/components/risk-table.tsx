/** All tenants, the riskiest first, or by the column that was chosen; each opens its hygiene. */
import type { TenantRisk } from '@hikyaku/db';
import { Badge, Card, EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { isSort, SORTS, type Sort } from '../sort.ts';

export function RiskTable({ tenants, sort }: { tenants: TenantRisk[]; sort: Sort }) {
  const t = useTranslations('hygiene');
  const s = useTranslations('staff');
  const format = useFormatter();
  const share = (value: number | null) =>
    value === null ? '–' : format.number(value, { style: 'percent', maximumFractionDigits: 1 });
  const header = (key: string, label: string) =>
    isSort(key) && key !== sort ? (
      <TextLink isQuiet href={`/staff/tenants?sort=${key}`}>
        {label}
      </TextLink>
    ) : (
      label
    );
  const sortOf = (key: string) => (key === sort ? ('descending' as const) : undefined);
  const rows = [...tenants].sort(SORTS[sort]);
  return (
    <Card isFlush>
      <Table
        caption={s('tenants')}
        rows={rows}
        rowKey={(tenant) => tenant.tenantId}
        empty={<EmptyState title={s('noTenants')}>{s('noTenantsText')}</EmptyState>}
        columns={[
          {
            key: 'name',
            header: header('name', s('tenantName')),
            isLead: true,
            sort: sort === 'name' ? 'ascending' : undefined,
            cell: (tenant) => (
              <TextLink isQuiet href={`/staff/tenants/${tenant.tenantId}`} className="font-medium">
                {tenant.name}
              </TextLink>
            ),
          },
          {
            key: 'state',
            header: s('status'),
            cell: (tenant) => <Controls tenant={tenant} />,
          },
          ...(['accepted', 'hardBounced', 'unknownUsers', 'blocked', 'quarantined'] as const).map(
            (key) => ({
              key,
              header: header(key, t(`count.${key}`)),
              label: t(`count.${key}`),
              isNumber: true,
              sort: sortOf(key),
              cell: (tenant: TenantRisk) => (
                <>
                  {format.number(tenant[key])}
                  {key === 'hardBounced' && ` (${share(tenant.hardShare)})`}
                  {key === 'blocked' && ` (${share(tenant.blockShare)})`}
                </>
              ),
            }),
          ),
          {
            key: 'trend',
            header: header('trend', t('trend')),
            label: t('trend'),
            isNumber: true,
            sort: sortOf('trend'),
            cell: ({ trend }) =>
              trend === null ? '–' : `${trend > 0 ? '↑ +' : trend < 0 ? '↓ ' : ''}${share(trend)}`,
          },
          {
            key: 'hygiene',
            header: header('risk', t('risk')),
            label: t('risk'),
            isNumber: true,
            sort: sortOf('risk'),
            cell: (tenant) => (
              <TextLink href={`/staff/tenants/${tenant.tenantId}/hygiene`}>
                {format.number(tenant.risk, { maximumFractionDigits: 1 })}
              </TextLink>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Controls({ tenant }: { tenant: TenantRisk }) {
  const t = useTranslations('hygiene');
  const s = useTranslations('staff');
  const isOff = !tenant.isCleaningOn && !tenant.isCleaningEnforced;
  return (
    <span className="flex flex-wrap gap-1">
      {tenant.status !== 'active' && <Badge tone="bad">{s('statuses.suspended')}</Badge>}
      {isOff && <Badge tone="warn">{t('cleaningOff')}</Badge>}
      {tenant.isCleaningEnforced && <Badge tone="accent">{t('cleaningEnforced')}</Badge>}
      {(tenant.weight < 1 || tenant.rateMax !== null) && (
        <Badge tone="accent">{t('throttled')}</Badge>
      )}
      {tenant.status === 'active' && !isOff && !tenant.isCleaningEnforced && (
        <Badge tone="good">{s('statuses.active')}</Badge>
      )}
    </span>
  );
}
