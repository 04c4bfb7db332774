/** What the servers answered, in groups, with one reply in their own words. Replies are strangers' text: shown as text. */
import { EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { peopleHref } from '../people-filter.ts';
import type { ReplyRow } from '../queries/replies.ts';
import { useCategoryText, usePhaseText } from '../report-text.ts';
import { DeliveryBadge } from './delivery-badge.tsx';

export function ReplyTable({ campaignId, rows }: ReplyTableProps) {
  const t = useTranslations('reports.replies');
  const format = useFormatter();
  const categoryText = useCategoryText();
  const phaseText = usePhaseText();
  return (
    <Table
      caption={t('caption')}
      rows={rows}
      rowKey={({ state, category, code, enhanced }) => `${state}/${category}/${code}/${enhanced}`}
      empty={<EmptyState title={t('empty')} />}
      columns={[
        {
          key: 'category',
          header: t('category'),
          isLead: true,
          cell: (row) => categoryText(row.category),
        },
        {
          key: 'result',
          header: t('result'),
          cell: (row) => <DeliveryBadge state={row.state === 'waiting' ? 'deferred' : row.state} />,
        },
        {
          key: 'code',
          header: t('code'),
          className: 'whitespace-nowrap tabular-nums',
          cell: (row) => [row.code, row.enhanced].filter((part) => part !== null).join(' ') || '–',
        },
        {
          key: 'people',
          header: t('people'),
          isNumber: true,
          cell: ({ state, category, code, enhanced, count }) => (
            <TextLink href={peopleHref(campaignId, { state, category, code, enhanced })}>
              {format.number(count)}
            </TextLink>
          ),
        },
        {
          key: 'sample',
          header: t('sample'),
          className: 'sm:max-w-md',
          cell: ({ sample }) =>
            sample && (
              <>
                <code className="line-clamp-3 font-mono text-xs [overflow-wrap:anywhere]">
                  {sample.text || t('noReply')}
                </code>
                <span className="text-xs text-ink-muted">{phaseText(sample.phase)}</span>
              </>
            ),
        },
      ]}
    />
  );
}

export interface ReplyTableProps {
  campaignId: string;
  rows: readonly ReplyRow[];
}
