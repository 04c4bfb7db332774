/** Deliveries to one address, across campaigns. */
import { Table, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { DeliveryTo } from '../queries/deliveries-to.ts';
import { useCategoryText } from '../report-text.ts';
import { DeliveryBadge } from './delivery-badge.tsx';

export function DeliveriesToTable({ rows, zone, caption }: DeliveriesToTableProps) {
  const t = useTranslations('reports');
  const categoryText = useCategoryText();
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'campaign',
          header: t('list.campaign'),
          isLead: true,
          cell: (row) => (
            <TextLink isQuiet href={`/campaigns/${row.campaignId}/people/${row.id}`}>
              {row.campaignName}
            </TextLink>
          ),
        },
        {
          key: 'state',
          header: t('people.state'),
          cell: (row) => <DeliveryBadge state={row.state} />,
        },
        {
          key: 'reason',
          header: t('people.reason'),
          cell: (row) => categoryText(row.state === 'accepted' ? null : row.category),
        },
        {
          key: 'at',
          header: t('people.at'),
          isNumber: true,
          cell: (row) => <Time at={row.stateAtMs} zone={zone} />,
        },
      ]}
    />
  );
}

export interface DeliveriesToTableProps {
  rows: readonly DeliveryTo[];
  zone: string;
  caption: string;
}
