/** Habits of a destination that differ from the default, and what went wrong with the site itself. */
import { Card, EmptyState, Table } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STAFF_ZONE, Time } from '#format/time.tsx';
import type { DestinationDetail } from '../queries/read-destination.ts';
import { fieldText } from './learned-card.tsx';
import { OriginBadge } from './origin-badge.tsx';

export function HabitsCard({ others }: { others: DestinationDetail['others'] }) {
  const t = useTranslations('destinations');
  return (
    <Card title={t('habits')} description={t('habitsText')} isFlush>
      <Table
        caption={t('habits')}
        rows={others}
        rowKey={({ field }) => field}
        empty={<EmptyState title={t('noHabits')} />}
        columns={[
          {
            key: 'field',
            header: t('setting'),
            isLead: true,
            cell: ({ field }) => fieldText(t, field),
          },
          {
            key: 'value',
            header: t('value'),
            cell: ({ value }) => (
              <span className="font-mono [overflow-wrap:anywhere]">{value}</span>
            ),
          },
          { key: 'from', header: t('from'), cell: ({ from }) => <OriginBadge from={from} /> },
          {
            key: 'why',
            header: t('why'),
            cell: ({ reason }) => <span className="[overflow-wrap:anywhere]">{reason}</span>,
          },
        ]}
      />
    </Card>
  );
}

export function EventsCard({ events }: { events: DestinationDetail['events'] }) {
  const t = useTranslations('destinations');
  const format = useFormatter();
  return (
    <Card title={t('events')} description={t('eventsText')} isFlush>
      <Table
        caption={t('events')}
        rows={events}
        rowKey={({ source, mxHost, phase, code, text }) =>
          `${source} ${mxHost} ${phase} ${code} ${text}`
        }
        empty={<EmptyState title={t('noEvents')} />}
        columns={[
          {
            key: 'at',
            header: t('at'),
            isLead: true,
            cell: ({ atMs }) => <Time at={atMs} zone={STAFF_ZONE} style="seconds" />,
          },
          {
            key: 'count',
            header: t('times'),
            isNumber: true,
            cell: ({ count, firstMs }) => (
              <>
                {format.number(count)}
                <span className="block text-[0.8125rem] text-ink-muted">
                  {t('sinceShort')} <Time at={firstMs} zone={STAFF_ZONE} style="short" />
                </span>
              </>
            ),
          },
          {
            key: 'where',
            header: t('source'),
            cell: ({ source, mxHost }) => (
              <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
                {source} → {mxHost}
              </span>
            ),
          },
          { key: 'phase', header: t('phase'), cell: ({ phase }) => phase },
          {
            key: 'text',
            header: t('reply'),
            cell: ({ code, text }) => (
              <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
                {code} {text}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
