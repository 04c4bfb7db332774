/** Campaigns that have begun, with the numbers one compares. */
import { rate } from '@hikyaku/reports';
import { EmptyState, Pagination, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { type PeopleFilter, peopleHref } from '../people-filter.ts';
import type { ReportRow } from '../queries/list-reports.ts';
import { useShareText } from '../report-text.ts';

export function ReportList({ rows, next, after, zone }: ReportListProps) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const share = useShareText();
  const count = (row: ReportRow, value: number, filter: PeopleFilter) =>
    value === 0 ? (
      <span className="text-ink-faint">0</span>
    ) : (
      <TextLink isQuiet href={peopleHref(row.id, filter)}>
        {format.number(value)}
      </TextLink>
    );
  return (
    <>
      <Table
        caption={t('list.caption')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('list.emptyTitle')}>{t('list.emptyBody')}</EmptyState>}
        columns={[
          {
            key: 'campaign',
            header: t('list.campaign'),
            isLead: true,
            cell: (row) => (
              <TextLink isQuiet href={`/campaigns/${row.id}`} className="font-medium">
                {row.name}
              </TextLink>
            ),
          },
          {
            key: 'start',
            header: t('list.start'),
            cell: (row) => <Time at={row.startedAtMs} zone={zone} />,
          },
          {
            key: 'total',
            header: t('list.total'),
            isNumber: true,
            cell: (row) => count(row, row.totals.total, {}),
          },
          ...(['accepted', 'bounced', 'unknown'] as const).map((state) => ({
            key: state,
            header: t(`list.${state}`),
            isNumber: true,
            cell: (row: ReportRow) => count(row, row.totals[state], { state }),
          })),
          {
            key: 'rate',
            header: t('list.rate'),
            isNumber: true,
            cell: (row) => share(rate('accepted', row.totals)),
          },
        ]}
      />
      <Pagination
        label={t('list.pages')}
        first={after ? { href: '/reports', label: t('list.first') } : undefined}
        next={next ? { href: `/reports?after=${next}`, label: t('list.next') } : undefined}
      />
    </>
  );
}

export interface ReportListProps {
  rows: readonly ReportRow[];
  next: string | null;
  after: string;
  zone: string;
}
