/** What each lane does at the destination now. */
import { Badge, Card, EmptyState, Table } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STAFF_ZONE, Time } from '#format/time.tsx';
import type { DestinationDetail } from '../queries/read-destination.ts';

export function LanesCard({ lanes }: { lanes: DestinationDetail['lanes'] }) {
  const t = useTranslations('destinations');
  const format = useFormatter();
  const rate = (value: number) => format.number(value, { maximumFractionDigits: 1 });
  return (
    <Card title={t('lanes')} description={t('lanesText')} isFlush>
      <Table
        caption={t('lanes')}
        rows={lanes}
        rowKey={({ laneId }) => laneId}
        empty={<EmptyState title={t('noLanes')}>{t('noLanesText')}</EmptyState>}
        columns={[
          {
            key: 'source',
            header: t('source'),
            isLead: true,
            cell: ({ source, worker }) => (
              <span className="font-mono [overflow-wrap:anywhere]">
                {source}
                <span className="block text-xs text-ink-muted">{worker}</span>
              </span>
            ),
          },
          {
            key: 'sessions',
            header: t('sessions'),
            isNumber: true,
            cell: (lane) =>
              t('sessionsOf', {
                open: lane.sessionsOpen,
                window: lane.sessionsWindow,
                cap: lane.sessionsCap,
              }),
          },
          {
            key: 'rate',
            header: t('acceptedAnswered'),
            isNumber: true,
            cell: (lane) => `${rate(lane.acceptedPerSecond)} / ${rate(lane.answeredPerSecond)}`,
          },
          {
            key: 'deferred',
            header: t('deferredShare'),
            isNumber: true,
            cell: ({ deferredShare }) =>
              deferredShare === null
                ? '–'
                : format.number(deferredShare, { style: 'percent', maximumFractionDigits: 1 }),
          },
          {
            key: 'queued',
            header: t('queued'),
            isNumber: true,
            cell: ({ queued }) => format.number(queued),
          },
          {
            key: 'trouble',
            header: t('trouble'),
            cell: ({ backOffUntilMs, trouble, troubleAtMs }) => (
              <>
                {backOffUntilMs !== null && (
                  <>
                    <Badge tone="warn">{t('backOff')}</Badge> {t('until')}{' '}
                    <Time at={backOffUntilMs} zone={STAFF_ZONE} style="seconds" />
                  </>
                )}
                {trouble !== null && (
                  <span className="block text-[0.8125rem] text-ink-muted">
                    <span className="font-mono">{trouble}</span>{' '}
                    {troubleAtMs !== null && (
                      <Time at={troubleAtMs} zone={STAFF_ZONE} style="seconds" />
                    )}
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'at',
            header: t('asOf'),
            cell: ({ atMs }) => <Time at={atMs} zone={STAFF_ZONE} style="seconds" />,
          },
        ]}
      />
    </Card>
  );
}
