import { PageHeader } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { NewCampaignButton } from '#features/campaigns/components/new-campaign-button.tsx';
import { blockedDrafts } from '#features/campaigns/queries/blocked-drafts.ts';
import { AttentionCard } from '#features/home/components/attention-card.tsx';
import { FirstSteps } from '#features/home/components/first-steps.tsx';
import { RecentCard } from '#features/home/components/recent-card.tsx';
import { RunningCard } from '#features/home/components/running-card.tsx';
import { homeFacts } from '#features/home/queries/home-facts.ts';
import { listReports } from '#features/reports/queries/list-reports.ts';
import { requireTenant } from '#server/context.ts';
import { RefreshWhile } from '#shell/refresh-while.tsx';

export default async function HomePage() {
  const { run, user, tenant, isReadOnly } = await requireTenant();
  const t = await getTranslations('home');
  const nowMs = Date.now();
  const { facts, recent, blocked } = await run(async (scope) => ({
    facts: await homeFacts(scope, nowMs),
    recent: await listReports(scope, { limit: 5, states: ['finished', 'cancelled'] }),
    blocked: await blockedDrafts(scope, nowMs),
  }));
  return (
    <>
      <PageHeader
        title={t('greeting', { name: user.name })}
        actions={!isReadOnly && facts.has.campaign && <NewCampaignButton />}
      />
      <div className="flex flex-col gap-5">
        {!facts.has.campaign && (
          <FirstSteps has={facts.has} mayEdit={!isReadOnly} newCampaign={<NewCampaignButton />} />
        )}
        <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <RunningCard facts={facts} zone={tenant.zone} />
          <AttentionCard facts={facts} blocked={isReadOnly ? [] : blocked} />
        </div>
        {recent.rows.length > 0 && <RecentCard rows={recent.rows} zone={tenant.zone} />}
      </div>
      <RefreshWhile isOn={facts.running.length + facts.scheduled.length > 0} />
    </>
  );
}
