'use client';
/** The overview of a campaign, live while it is under way: the sum that must hold, and a link behind every number. */
import { Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { Overview } from '../queries/overview.ts';
import { CampaignFacts } from './campaign-facts.tsx';
import { DeferredTable } from './deferred-table.tsx';
import { LiveForecast } from './live-forecast.tsx';
import { OutcomeCard } from './outcome-card.tsx';
import { OutcomeStats } from './outcome-stats.tsx';
import { StateNotice } from './state-notice.tsx';
import { StopNotice } from './stop-notice.tsx';
import { useOverview } from './use-overview.ts';

export function OverviewView({ first, zone }: { first: Overview; zone: string }) {
  const t = useTranslations('campaigns.live');
  const { now, isLive, isStale } = useOverview(first);
  const isUnderWay = now.state === 'running' || now.state === 'launching' || now.state === 'paused';
  return (
    <div className="flex flex-col gap-5">
      <StopNotice overview={now} />
      <StateNotice overview={now} zone={zone} />
      {now.totals.sum > 0 && <OutcomeCard overview={now} />}
      {now.totals.sum > 0 && <OutcomeStats overview={now} />}
      {(isUnderWay || now.deferred.length > 0) && now.totals.sum > 0 && (
        <Card title={t('deferredTitle')} description={t('deferredNote')} isFlush>
          <DeferredTable overview={now} zone={zone} />
        </Card>
      )}
      {isUnderWay && now.state !== 'paused' && now.kind === 'regular' && (
        <LiveForecast campaignId={now.id} zone={zone} />
      )}
      <CampaignFacts overview={now} zone={zone} />
      {isLive && (
        <p className="text-xs text-ink-muted" role="status">
          {isStale ? t('stale') : t('updating')}
        </p>
      )}
    </div>
  );
}
