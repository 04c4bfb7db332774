/** What is being sent now, and what comes next. */
import { settledOf } from '@hikyaku/reports';
import { Alert, Badge, Card, ProgressBar, TextLink, type Tone } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STYLES, Time } from '#format/time.tsx';
import type { HomeFacts, RunningCampaign } from '../queries/home-facts.ts';

export function RunningCard({ facts, zone }: { facts: HomeFacts; zone: string }) {
  const t = useTranslations('home');
  const stopText = useTranslations('campaigns.stopped');
  const { running, scheduled, stopped } = facts;
  return (
    <Card title={t('running')}>
      {stopped && (
        <div className="mb-4">
          <Alert tone="bad" title={stopText('titleAll')}>
            {stopText(stopped.scope === 'tenant' ? 'tenant' : 'everything', {
              reason: stopped.reason,
            })}
          </Alert>
        </div>
      )}
      {running.length === 0 && <p className="text-sm text-ink-muted">{t('runningNone')}</p>}
      <ul className="flex flex-col gap-5">
        {running.map((campaign) => (
          <li key={campaign.id}>
            <Running campaign={campaign} zone={zone} />
          </li>
        ))}
      </ul>
      {scheduled.length > 0 && (
        <div className="mt-5 border-t border-line pt-4">
          <h3 className="mb-2 text-[0.8125rem] font-medium text-ink-muted">{t('scheduledNext')}</h3>
          <ul className="flex flex-col gap-1.5 text-sm">
            {scheduled.map(({ id, name, startAtMs }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4">
                <TextLink isQuiet href={`/campaigns/${id}`}>
                  {name}
                </TextLink>
                <span className="text-ink-muted">
                  <Time at={startAtMs} zone={zone} style="short" />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

function Running({ campaign, zone }: { campaign: RunningCampaign; zone: string }) {
  const t = useTranslations('home');
  const states = useTranslations('reports.stateShort');
  const format = useFormatter();
  const { id, name, totals, opensAtMs } = campaign;
  const time = (at: number) => format.dateTime(at, { ...STYLES.clock, timeZone: zone });
  return (
    <>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <TextLink isQuiet href={`/campaigns/${id}`} className="text-sm font-medium">
          {name}
        </TextLink>
        <span className="flex items-center gap-2 text-[0.8125rem] text-ink-muted tabular-nums">
          {opensAtMs !== null && (
            <Badge tone="warn">{t('waitingForWindow', { time: time(opensAtMs) })}</Badge>
          )}
          {t('of', { done: settledOf(totals), total: totals.total })}
        </span>
      </div>
      <ProgressBar
        size="sm"
        label={name}
        total={totals.total}
        format={(value) => format.number(value)}
        parts={PARTS.map(([state, tone]) => ({
          key: state,
          label: states(state),
          value: totals[state],
          tone,
        }))}
      />
    </>
  );
}

const PARTS = [
  ['accepted', 'good'],
  ['bounced', 'bad'],
  ['expired', 'warn'],
  ['unknown', 'odd'],
  ['cancelled', 'neutral'],
] as const satisfies readonly (readonly [string, Tone])[];
