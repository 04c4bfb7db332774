/** How a tenant's addresses answered: by destination, campaign, list, reason and day. For the tenant and for staff alike. */
import type { Hygiene, HygieneRow } from '@hikyaku/db';
import { Card, Table } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';

const COUNTS = [
  'accepted',
  'hardBounced',
  'unknownUsers',
  'blocked',
  'quarantined',
  'full',
] as const;

export function HygieneTables({ hygiene }: { hygiene: Hygiene }) {
  const t = useTranslations('hygiene');
  return (
    <div className="grid gap-5">
      <ReasonCard hygiene={hygiene} />
      <CountsCard title={t('byDestination')} rows={hygiene.byDestination} />
      <CountsCard title={t('byCampaign')} rows={hygiene.byCampaign} />
      <CountsCard title={t('byList')} rows={hygiene.byList} />
      <CountsCard title={t('byDay')} rows={hygiene.byDay.toReversed()} />
    </div>
  );
}

function CountsCard({ title, rows }: { title: string; rows: HygieneRow[] }) {
  const t = useTranslations('hygiene');
  const format = useFormatter();
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={rows}
        rowKey={(row) => row.key}
        empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('nothing')}</p>}
        columns={[
          {
            key: 'name',
            header: t('what'),
            isLead: true,
            className: '[overflow-wrap:anywhere]',
            cell: (row) => row.name || t('noList'),
          },
          ...COUNTS.map((key) => ({
            key,
            header: t(`count.${key}`),
            isNumber: true,
            cell: (row: HygieneRow) => format.number(row[key]),
          })),
        ]}
      />
    </Card>
  );
}

function ReasonCard({ hygiene }: { hygiene: Hygiene }) {
  const t = useTranslations('hygiene');
  const c = useTranslations('reports.category');
  const format = useFormatter();
  return (
    <Card title={t('byReason')} isFlush>
      <Table
        caption={t('byReason')}
        rows={hygiene.byReason}
        rowKey={(row) => row.category}
        empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('nothing')}</p>}
        columns={[
          {
            key: 'reason',
            header: t('what'),
            isLead: true,
            cell: ({ category }) => (c.has(category as never) ? c(category as never) : category),
          },
          {
            key: 'count',
            header: t('attempts'),
            isNumber: true,
            cell: (row) => format.number(row.count),
          },
        ]}
      />
    </Card>
  );
}
