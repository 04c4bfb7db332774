/** What is stopped now, why and by whom, and the switches for more. */
import { Badge, Card, EmptyState, Table } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { Sending } from '../queries/read-sending.ts';
import { StopAction } from './stop-action.tsx';

const ZONE = 'Asia/Tokyo';

export function StopsCard({ stops }: { stops: Sending['stops'] }) {
  const t = useTranslations('staff.stops');
  const isAll = stops.some(({ scope }) => scope === 'everything');
  return (
    <Card
      title={t('title')}
      description={t('text')}
      isFlush
      actions={
        <>
          <StopAction
            target={{ scope: 'destination' }}
            name={t('scope.destination')}
            isStopped={false}
            label={t('stopDestination')}
          />
          {!isAll && (
            <StopAction
              target={{ scope: 'everything' }}
              name={t('scope.everything')}
              isStopped={false}
              label={t('stopAll')}
            />
          )}
        </>
      }
    >
      <Table
        caption={t('title')}
        rows={stops}
        rowKey={({ scope, key }) => `${scope}:${key}`}
        empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
        columns={[
          {
            key: 'what',
            header: t('what'),
            isLead: true,
            cell: ({ scope, label }) => (
              <span className="[overflow-wrap:anywhere]">
                <Badge tone="bad">{t(`scope.${scope}`)}</Badge> {label}
              </span>
            ),
          },
          {
            key: 'reason',
            header: t('reason'),
            cell: ({ reason }) => <span className="[overflow-wrap:anywhere]">{reason}</span>,
          },
          {
            key: 'since',
            header: t('since'),
            cell: ({ stoppedAtMs, stoppedBy }) => (
              <>
                <Time at={stoppedAtMs} zone={ZONE} />
                {stoppedBy && (
                  <span className="block text-[0.8125rem] text-ink-muted [overflow-wrap:anywhere]">
                    {stoppedBy}
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('resume')}</span>,
            cell: ({ scope, key, label }) => (
              <StopAction
                target={{ scope, key }}
                name={label || t(`scope.${scope}`)}
                isStopped
                button={{ size: 'sm' }}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
