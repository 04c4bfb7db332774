'use client';
/** Who is waiting to be retried, grouped by what the server said. */
import { Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { peopleHref } from '../people-filter.ts';
import type { Overview } from '../queries/overview.ts';
import { useCategoryText } from '../report-text.ts';

export function DeferredTable({ overview, zone }: { overview: Overview; zone: string }) {
  const t = useTranslations('campaigns.live');
  const format = useFormatter();
  const categoryText = useCategoryText();
  return (
    <Table
      caption={t('deferredTitle')}
      rows={overview.deferred}
      rowKey={(row) => `${row.category}/${row.code}`}
      empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('deferredNone')}</p>}
      columns={[
        {
          key: 'reason',
          header: t('reason'),
          isLead: true,
          // Only sending again clears the reason of a delivery that was tried before.
          cell: (row) => (row.category === null ? t('resent') : categoryText(row.category)),
        },
        {
          key: 'code',
          header: t('reply'),
          isNumber: true,
          cell: (row) => row.code ?? '–',
        },
        {
          key: 'people',
          header: t('people'),
          isNumber: true,
          cell: ({ category, code, count }) => (
            <TextLink href={peopleHref(overview.id, { state: 'deferred', category, code })}>
              {format.number(count)}
            </TextLink>
          ),
        },
        {
          key: 'next',
          header: t('nextTry'),
          isNumber: true,
          cell: (row) => <Time at={row.nextAttemptAtMs} zone={zone} style="seconds" />,
        },
      ]}
    />
  );
}
