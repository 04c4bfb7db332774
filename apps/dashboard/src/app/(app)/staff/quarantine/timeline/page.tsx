import { PageHeader } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { ReleaseBlock } from '#features/hygiene/components/block-actions.tsx';
import { TimelineCard } from '#features/hygiene/components/timeline-card.tsx';
import { readBlockTimeline } from '#features/hygiene/queries/staff-hygiene.ts';
import { requireStaff } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export default async function BlockTimelinePage({ searchParams }: PageInput) {
  const context = await requireStaff();
  const search = await searchParams;
  const of = { site: one(search.site), source: one(search.source) };
  const decisions = await readBlockTimeline(context, of);
  const t = await getTranslations('hygiene');
  const isStanding = ['blocked', 'probing'].includes(decisions[0]?.state ?? '');
  return (
    <>
      <PageHeader
        title={t('timelineOf', of)}
        description={t('timelineText')}
        crumbs={[{ href: '/staff/quarantine', label: t('review') }]}
        actions={isStanding && <ReleaseBlock {...of} />}
      />
      <TimelineCard decisions={decisions} />
    </>
  );
}
