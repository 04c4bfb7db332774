/** One recipient with every attempt, newest last, as the log has it. */
import type { DeliveryTimeline } from '@hikyaku/db';
import { Alert, Card, EmptyState, type Fact, Facts } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { useCategoryText } from '../report-text.ts';
import { AttemptItem } from './attempt-item.tsx';
import { DeliveryBadge } from './delivery-badge.tsx';

export function TimelineView({ delivery, zone }: { delivery: DeliveryTimeline; zone: string }) {
  const t = useTranslations('reports');
  const categoryText = useCategoryText();
  const isDeferred = delivery.state === 'waiting' && delivery.attempts > 0;
  const state = isDeferred ? 'deferred' : delivery.state;
  const fields = Object.entries(delivery.fields);
  const items: Fact[] = [
    {
      key: 'state',
      label: t('timeline.state'),
      value: (
        <>
          <DeliveryBadge state={state} />
          <span className="mt-1 block text-[0.8125rem] text-ink-muted">
            {t(`stateNote.${state}`)}
            {state === 'cancelled' && `（${categoryText(delivery.category)}）`}
          </span>
        </>
      ),
    },
    {
      key: 'since',
      label: t('timeline.since'),
      value: <Time at={delivery.stateAt.getTime()} zone={zone} />,
    },
    { key: 'destination', label: t('timeline.destination'), value: delivery.domain },
  ];
  if (isDeferred)
    items.push({
      key: 'next',
      label: t('timeline.next'),
      value: <Time at={delivery.nextAttemptAt.getTime()} zone={zone} />,
    });
  items.push({
    key: 'fields',
    label: t('timeline.fields'),
    value:
      fields.length === 0
        ? t('timeline.noFields')
        : fields.map(([key, value]) => `${key}: ${value}`).join(' · '),
  });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        {delivery.suppression && (
          <Alert tone="warn" isStill>
            {t('timeline.suppressed')}（{categoryText(`suppressed:${delivery.suppression.reason}`)}
            ）
          </Alert>
        )}
        <Card>
          <Facts items={items} />
        </Card>
      </div>
      <Card title={t('timeline.title')} description={zone}>
        {delivery.events.length === 0 ? (
          // Attempts that were counted and are not in the log have gone with an old month of it.
          <EmptyState
            icon="clock"
            title={t(delivery.attempts > 0 ? 'timeline.archived' : 'timeline.empty')}
          />
        ) : (
          <ol className="flex flex-col gap-6">
            {delivery.events.map((event) => (
              <AttemptItem
                key={`${event.attempt}/${event.at.getTime()}`}
                event={event}
                zone={zone}
              />
            ))}
          </ol>
        )}
      </Card>
    </div>
  );
}
