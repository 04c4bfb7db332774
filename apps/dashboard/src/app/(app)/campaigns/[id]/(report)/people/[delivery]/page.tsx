import { Card } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DeliveriesToTable } from '#features/reports/components/deliveries-to-table.tsx';
import { TimelineHead } from '#features/reports/components/timeline-head.tsx';
import { TimelineView } from '#features/reports/components/timeline-view.tsx';
import { loadTimeline } from '#features/reports/queries/load-timeline.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function TimelinePage({ params }: PageInput<'id' | 'delivery'>) {
  const { run, tenant } = await requireTenant();
  const { id, delivery: deliveryId } = await params;
  const t = await getTranslations('reports');
  const found = await run((scope) => loadTimeline(scope, id, deliveryId));
  if (!found) notFound();
  const { delivery, others } = found;
  return (
    <div className="flex flex-col gap-5">
      <TimelineHead delivery={delivery} />
      <TimelineView delivery={delivery} zone={tenant.zone} />
      {others.length > 0 && (
        <Card title={t('timeline.others')} isFlush>
          <DeliveriesToTable rows={others} zone={tenant.zone} caption={t('timeline.others')} />
        </Card>
      )}
    </div>
  );
}
