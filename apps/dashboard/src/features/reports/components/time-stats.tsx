/** How fast it was, said honestly: what the speed counts, in which mode and size, and what the windows took. */
import { Stat, StatGrid } from '@hikyaku/ui';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '#format/size.ts';
import type { OverTime } from '../queries/over-time.ts';
import { useDurationText } from '../report-text.ts';

export function TimeStats({ data }: { data: OverTime }) {
  const t = useTranslations('reports.time');
  const mode = useTranslations('campaigns.live');
  const format = useFormatter();
  const locale = useLocale();
  const duration = useDurationText();
  const { speed } = data;
  const { shares, perHour, perOpenHour, meanBytes } = speed;
  const took = (ms: number | null) => (ms === null ? t('never') : duration(ms));
  const rate = (value: number | null) =>
    value === null ? '–' : t('perHour', { count: Math.round(value) });
  return (
    <StatGrid>
      <Stat
        label={t('speed')}
        value={rate(perOpenHour)}
        note={t('speedNote', {
          mode: mode(data.mode),
          size: meanBytes === null ? '–' : formatBytes(Math.round(meanBytes), locale),
          accepted: speed.accepted,
        })}
      />
      <Stat label={t('overall')} value={rate(perHour)} note={t('overallNote')} />
      <Stat label={t('firstAttempts')} value={format.number(speed.firstAttempts)} />
      <Stat label={t('retries')} value={format.number(speed.retries)} />
      <Stat label={t('waited')} value={duration(speed.waitedMs)} note={t('waitedNote')} />
      <Stat label={t('p50')} value={took(shares.p50Ms)} />
      <Stat label={t('p90')} value={took(shares.p90Ms)} />
      <Stat label={t('p99')} value={took(shares.p99Ms)} />
    </StatGrid>
  );
}
