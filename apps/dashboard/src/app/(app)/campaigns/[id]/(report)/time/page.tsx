import { Card, EmptyState } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { TimeChart } from '#features/reports/components/time-chart.tsx';
import { TimeStats } from '#features/reports/components/time-stats.tsx';
import { overTime } from '#features/reports/queries/over-time.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function TimePage({ params }: PageInput<'id'>) {
  const { run, tenant } = await requireTenant();
  const { id } = await params;
  const t = await getTranslations('reports.time');
  const data = await run((scope) => overTime(scope, id));
  if (!data) notFound();
  if (data.buckets.length === 0)
    return (
      <Card>
        <EmptyState icon="clock" title={t('empty')} />
      </Card>
    );
  const { zone } = tenant;
  const seconds = data.widthMs / 1000;
  const width =
    seconds < 60 ? t('seconds', { seconds, zone }) : t('bucket', { minutes: seconds / 60, zone });
  return (
    <div className="flex flex-col gap-5">
      <TimeStats data={data} />
      <Card title={t('title')} description={width}>
        <TimeChart data={data} zone={zone} />
      </Card>
    </div>
  );
}
