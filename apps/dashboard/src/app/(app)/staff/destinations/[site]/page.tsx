import { LinkButton, PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EventsCard, HabitsCard } from '#features/destinations/components/known-cards.tsx';
import { LanesCard } from '#features/destinations/components/lanes-card.tsx';
import { LearnedCard } from '#features/destinations/components/learned-card.tsx';
import { LimitsCard } from '#features/destinations/components/limits-card.tsx';
import { OverrideNotes } from '#features/destinations/components/override-notes.tsx';
import { SiteState } from '#features/destinations/components/site-state.tsx';
import { SiteStats } from '#features/destinations/components/site-stats.tsx';
import { readDestination } from '#features/destinations/queries/read-destination.ts';
import { requireStaff } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';
import { RefreshWhile } from '#shell/refresh-while.tsx';

export default async function DestinationPage({ params }: PageInput<'site'>) {
  const context = await requireStaff();
  const site = decodeURIComponent((await params).site);
  const detail = await readDestination(context, site);
  if (!detail) notFound();
  const t = await getTranslations('destinations');
  const { summary } = detail;
  return (
    <>
      <PageHeader
        title={summary.domains[0] ?? site}
        description={[site, ...summary.domains.slice(1)].join(' · ')}
        crumbs={[{ href: '/staff/destinations', label: t('title') }]}
        badge={<SiteState row={summary} />}
        actions={<LinkButton href="/staff/sending">{t('toStops')}</LinkButton>}
      />
      <div className="flex flex-col gap-5">
        <OverrideNotes detail={detail} />
        <SiteStats row={summary} />
        <LimitsCard site={site} detail={detail} />
        <LearnedCard site={site} learned={detail.learned} />
        <LanesCard lanes={detail.lanes} />
        <HabitsCard others={detail.others} />
        <EventsCard events={detail.events} />
      </div>
      <RefreshWhile isOn={summary.isLive} />
    </>
  );
}
