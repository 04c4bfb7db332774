/** The lanes that have something to do; each can be stopped. */
import { Badge, Card, EmptyState, Table } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { Sending } from '../queries/read-sending.ts';
import { StopAction } from './stop-action.tsx';

const ZONE = 'Asia/Tokyo';

export function LanesCard({ lanes }: { lanes: Sending['lanes'] }) {
  const t = useTranslations('staff.lanes');
  const format = useFormatter();
  return (
    <Card title={t('title')} description={t('text')} isFlush>
      <Table
        caption={t('title')}
        rows={lanes}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
        columns={[
          {
            key: 'site',
            header: t('site'),
            isLead: true,
            cell: ({ site }) => <span className="font-mono [overflow-wrap:anywhere]">{site}</span>,
          },
          {
            key: 'source',
            header: t('source'),
            cell: ({ source }) => <span className="font-mono">{source}</span>,
          },
          {
            key: 'campaigns',
            header: t('campaigns'),
            isNumber: true,
            cell: ({ campaigns }) => format.number(campaigns),
          },
          {
            key: 'state',
            header: t('state'),
            cell: ({ isStopped, owner, nextDueAtMs }) =>
              isStopped ? (
                <Badge tone="bad">{t('stopped')}</Badge>
              ) : owner ? (
                <Badge tone="good">{t('delivering')}</Badge>
              ) : (
                <>
                  {t('next')} <Time at={nextDueAtMs} zone={ZONE} style="short" />
                </>
              ),
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('act')}</span>,
            cell: ({ id, site, source, isStopped }) => (
              <StopAction
                target={{ scope: 'lane', key: id }}
                name={`${site} · ${source}`}
                isStopped={isStopped}
                button={{ size: 'sm' }}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
