import { PageHeader } from '@hikyaku/ui';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { CampaignControls } from '#features/campaigns/components/campaign-controls.tsx';
import { StateBadge } from '#features/campaigns/components/state-badge.tsx';
import { CsvLinks } from '#features/reports/components/csv-links.tsx';
import { ReportTabs } from '#features/reports/components/report-tabs.tsx';
import { reportHead } from '#features/reports/queries/report-head.ts';
import { requireTenant } from '#server/context.ts';

interface Input {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export default async function ReportLayout({ params, children }: Input) {
  const { run, isReadOnly } = await requireTenant();
  const { id } = await params;
  const t = await getTranslations('campaigns');
  const head = await run((scope) => reportHead(scope, id));
  if (!head) notFound();
  if (head.state === 'draft') redirect(isReadOnly ? '/campaigns' : `/campaigns/${id}/edit`);
  const { name, state, isMissed, kind, totals } = head;
  const controls = { id, state, isMissed, waiting: totals.waiting, accepted: totals.accepted };
  return (
    <>
      <PageHeader
        title={kind === 'test' ? `${t('live.test')}: ${name}` : name}
        crumbs={[{ href: '/campaigns', label: t('title') }]}
        crumbsLabel={t('crumbs')}
        badge={<StateBadge state={state} isMissed={isMissed} />}
        actions={
          <>
            {totals.sum > 0 && <CsvLinks id={id} />}
            {!isReadOnly && <CampaignControls {...controls} />}
          </>
        }
      />
      <ReportTabs id={id} unknowns={totals.unknown} />
      {children}
    </>
  );
}
