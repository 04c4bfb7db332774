/** When it will be done, with a range, and what spills to a later day; each destination by itself behind one click. */
import { Badge, Card } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { ForecastPart, ForecastView } from '#server/forecast-parts.ts';

/** `of`: a draft speaks of what would be, a campaign of what is left. */
export function ForecastCard({ forecast, zone, of }: ForecastCardProps) {
  const t = useTranslations('shell.forecast');
  const format = useFormatter();
  const { finishMs, earliestMs, latestMs, spill, expires, parts, assumed } = forecast;
  return (
    <Card title={t('title')} description={t(of)}>
      <p className="text-lg font-semibold">
        {finishMs === null ? t('noEnd') : <Time at={finishMs} zone={zone} style="short" />}
      </p>
      {earliestMs !== null && latestMs !== null && (
        <p className="text-sm text-ink-muted">
          {t('between')} <Time at={earliestMs} zone={zone} style="short" /> –{' '}
          <Time at={latestMs} zone={zone} style="short" />
        </p>
      )}
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {spill > 0 && <li className="text-warn-ink">{t('spill', { count: spill })}</li>}
        {expires > 0 && <li className="text-warn-ink">{t('expires', { count: expires })}</li>}
        {assumed > 0 && (
          <li className="text-ink-muted">{t('assumedNote', { count: format.number(assumed) })}</li>
        )}
      </ul>
      <details className="mt-3 text-sm">
        <summary className="cursor-pointer font-medium">{t('byDestination')}</summary>
        <div className="mt-2">
          <Parts parts={parts} zone={zone} />
        </div>
      </details>
    </Card>
  );
}

function Parts({ parts, zone }: { parts: ForecastPart[]; zone: string }) {
  const t = useTranslations('shell.forecast');
  const format = useFormatter();
  return (
    <ul className="flex flex-col divide-y divide-line">
      {parts.map(({ name, due, perSecond, basis, finishMs, spill }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: small destinations have no name, and there may be several groups of them
        <li key={at} className="py-2">
          <p className="flex flex-wrap justify-between gap-x-4 font-medium">
            <span className="[overflow-wrap:anywhere]">{name ?? t('others')}</span>
            {finishMs === null ? t('noEnd') : <Time at={finishMs} zone={zone} style="short" />}
          </p>
          <p className="flex flex-wrap items-center gap-x-2 text-[0.8125rem] text-ink-muted">
            {t('dueAt', {
              count: due,
              perSecond: format.number(perSecond, { maximumFractionDigits: 1 }),
            })}
            <Badge tone={basis === 'assumed' ? 'warn' : 'neutral'} icon={null}>
              {t(`basis.${basis}`)}
            </Badge>
            {spill > 0 && <span className="text-warn-ink">{t('later', { count: spill })}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

export interface ForecastCardProps {
  forecast: ForecastView;
  zone: string;
  of: 'draft' | 'running';
}
