/** The people behind a number: each opens the timeline of its delivery. */
import type { DeliveryRow } from '@hikyaku/db';
import { EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { useCategoryText } from '../report-text.ts';
import { DeliveryBadge } from './delivery-badge.tsx';

export function PeopleTable({ campaignId, rows, zone, isFiltered }: PeopleTableProps) {
  const t = useTranslations('reports.people');
  const categoryText = useCategoryText();
  return (
    <Table
      caption={t('caption')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState icon="people" title={isFiltered ? t('empty') : t('emptyAll')} />}
      columns={[
        {
          key: 'email',
          header: t('email'),
          isLead: true,
          className: '[overflow-wrap:anywhere]',
          cell: (row) => (
            <TextLink isQuiet href={`/campaigns/${campaignId}/people/${row.id}`} prefetch={false}>
              {row.email}
            </TextLink>
          ),
        },
        {
          key: 'state',
          header: t('state'),
          cell: ({ state, attempts }) => (
            <DeliveryBadge state={state === 'waiting' && attempts > 0 ? 'deferred' : state} />
          ),
        },
        {
          key: 'reason',
          header: t('reason'),
          cell: (row) => categoryText(row.state === 'accepted' ? null : row.category),
        },
        {
          key: 'reply',
          header: t('reply'),
          className: 'whitespace-nowrap tabular-nums',
          cell: (row) => [row.code, row.enhanced].filter((part) => part !== null).join(' ') || '–',
        },
        { key: 'attempts', header: t('attempts'), isNumber: true, cell: (row) => row.attempts },
        {
          key: 'at',
          header: t('at'),
          isNumber: true,
          className: 'whitespace-nowrap',
          cell: (row) => <Time at={row.stateAt.getTime()} zone={zone} style="seconds" />,
        },
      ]}
    />
  );
}

export interface PeopleTableProps {
  campaignId: string;
  rows: readonly DeliveryRow[];
  zone: string;
  isFiltered: boolean;
}
