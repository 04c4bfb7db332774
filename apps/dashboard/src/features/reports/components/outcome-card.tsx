'use client';
/** One bar for the whole audience, and under it the sum line: the parts add up to the total, or the screen says so. */
import { difference, settledOf, totalsFrom } from '@hikyaku/reports';
import { Card, Icon, ProgressBar } from '@hikyaku/ui';
import clsx from 'clsx';
import { useFormatter, useTranslations } from 'next-intl';
import { peopleHref } from '../people-filter.ts';
import type { Overview } from '../queries/overview.ts';
import { useShareText } from '../report-text.ts';
import { SHOWN_STATES, STATE_TONES } from '../states.ts';

export function OutcomeCard({ overview }: { overview: Overview }) {
  const t = useTranslations('reports');
  const live = useTranslations('campaigns.live');
  const format = useFormatter();
  const share = useShareText();
  const { totals, perMinute } = overview;
  const total = totals.total ?? totals.sum;
  const settled = settledOf(totalsOf(overview));
  return (
    <Card>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="flex items-baseline gap-3">
          <span className="text-3xl font-semibold tracking-tight tabular-nums">
            {share(total === 0 ? null : settled / total)}
          </span>
          <span className="text-sm text-ink-muted tabular-nums">
            {live('progressValue', { done: settled, total })}
          </span>
        </p>
        {perMinute !== null && (
          <p className="text-sm text-ink-muted" title={live('rateNote')}>
            {live('rate')}{' '}
            <span className="font-medium text-ink tabular-nums">
              {live('rateValue', { count: perMinute })}
            </span>
          </p>
        )}
      </div>
      <ProgressBar
        label={live('states')}
        total={total}
        hasLegend
        format={(value) => format.number(value)}
        parts={SHOWN_STATES.filter((state) => totals[state] > 0).map((state) => ({
          key: state,
          label: t(`stateShort.${state}`),
          value: totals[state],
          tone: STATE_TONES[state],
          href: peopleHref(overview.id, { state }),
        }))}
      />
      <SumLine overview={overview} />
    </Card>
  );
}

function SumLine({ overview }: { overview: Overview }) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const { totals } = overview;
  // Until the cut is complete there is no total to compare with.
  if (totals.total === null) return null;
  const off = difference(totalsOf(overview));
  const parts = SHOWN_STATES.map(
    (state) => `${t(`stateShort.${state}`)} ${format.number(totals[state])}`,
  );
  return (
    <p className="mt-4 border-t border-line pt-3 text-[0.8125rem] text-ink-muted tabular-nums">
      {parts.join(' + ')} ={' '}
      <strong className="font-medium text-ink">{format.number(totals.sum)}</strong>
      <span
        className={clsx(
          'ml-2 inline-flex items-center gap-1 whitespace-nowrap',
          off === 0 ? 'text-good-ink' : 'text-bad-ink',
        )}
      >
        <Icon name={off === 0 ? 'check' : 'exclamation'} sizePx={13} />
        {off === 0
          ? t('funnel.reconciles', { total: totals.total })
          : t('funnel.differs', { count: Math.abs(off) })}
      </span>
    </p>
  );
}

function totalsOf({ totals }: Overview) {
  return totalsFrom(
    totals.total ?? totals.sum,
    SHOWN_STATES.map((state) => [state, totals[state]] as const),
  );
}
