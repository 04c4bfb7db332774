/** How long it took, said honestly: shares of all recipients, and a mean speed with what it counts. */
import { Stat, StatGrid } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { OverTime } from '../queries/over-time.ts';
import { useDurationText } from '../report-text.ts';

export function TimeStats({ data }: { data: OverTime }) {
  const t = useTranslations('reports.time');
  const duration = useDurationText();
  const { shares, perHour } = data;
  const took = (ms: number | null) => (ms === null ? t('never') : duration(ms));
  return (
    <StatGrid>
      <Stat label={t('p50')} value={took(shares.p50Ms)} />
      <Stat label={t('p90')} value={took(shares.p90Ms)} />
      <Stat label={t('p99')} value={took(shares.p99Ms)} />
      <Stat
        label={t('speed')}
        value={perHour === null ? '–' : t('perHour', { count: Math.round(perHour) })}
        note={t('speedNote')}
      />
    </StatGrid>
  );
}
