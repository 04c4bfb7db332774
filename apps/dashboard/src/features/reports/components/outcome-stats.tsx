'use client';
/** The outcomes as numbers, each with its rate and the people behind it. */
import { rate, totalsFrom } from '@hikyaku/reports';
import { Stat, StatGrid } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { peopleHref } from '../people-filter.ts';
import type { Overview } from '../queries/overview.ts';
import { useShareText } from '../report-text.ts';
import { SHOWN_STATES, type ShownState, STATE_TONES } from '../states.ts';

export function OutcomeStats({ overview }: { overview: Overview }) {
  const t = useTranslations('reports');
  const live = useTranslations('campaigns.live');
  const format = useFormatter();
  const share = useShareText();
  const { totals } = overview;
  const sums = totalsFrom(
    totals.total ?? totals.sum,
    SHOWN_STATES.map((state) => [state, totals[state]] as const),
  );
  const ended = sums.accepted + sums.bounced + sums.expired + sums.unknown;
  const excluded = Object.values(overview.excluded).reduce((sum, count) => sum + count, 0);
  const stats: ShownState[] = ['accepted', 'bounced', 'unknown', 'expired'];
  if (totals.waiting + totals.sending > 0) stats.push('waiting', 'deferred', 'sending');
  if (totals.cancelled > 0) stats.push('cancelled');
  return (
    <section aria-label={t('funnel.title')}>
      <StatGrid>
        <Stat
          label={t('funnel.total')}
          value={format.number(totals.total ?? totals.sum)}
          href={peopleHref(overview.id, {})}
          note={excluded > 0 ? `${live('excluded')} ${format.number(excluded)}` : undefined}
        />
        {stats.map((state) => (
          <Stat
            key={state}
            label={t(`deliveryState.${state}`)}
            value={format.number(totals[state])}
            tone={STATE_TONES[state]}
            href={peopleHref(overview.id, { state })}
            note={isRated(state) && ended > 0 ? share(rate(state, sums)) : undefined}
          />
        ))}
      </StatGrid>
      <p className="mt-3 max-w-[46rem] text-[0.8125rem] text-ink-muted">
        {ended > 0 && `${t('funnel.rateOf', { count: ended })} `}
        {t('funnel.note')}
      </p>
    </section>
  );
}

function isRated(state: ShownState): state is 'accepted' | 'bounced' | 'unknown' | 'expired' {
  return ['accepted', 'bounced', 'unknown', 'expired'].includes(state);
}
