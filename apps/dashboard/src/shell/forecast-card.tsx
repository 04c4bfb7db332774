/** When it will be done, with a range, and what spills to a later day; each destination by itself behind one click. */
import { Badge, Card, Table } from '@hikyaku/ui';
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
    <Table
      caption={t('byDestination')}
      rows={parts.map((part, at) => ({ ...part, at }))}
      rowKey={({ at }) => at}
      columns={[
        {
          key: 'name',
          header: t('destination'),
          isLead: true,
          cell: ({ name }) => (
            <span className="[overflow-wrap:anywhere]">{name ?? t('others')}</span>
          ),
        },
        {
          key: 'due',
          header: t('due'),
          isNumber: true,
          cell: ({ due }) => format.number(due),
        },
        {
          key: 'rate',
          header: t('perSecond'),
          isNumber: true,
          cell: ({ perSecond, basis }) => (
            <span className="inline-flex flex-wrap items-center justify-end gap-1">
              {format.number(perSecond, { maximumFractionDigits: 1 })}
              <Badge tone={basis === 'assumed' ? 'warn' : 'neutral'} icon={null}>
                {t(`basis.${basis}`)}
              </Badge>
            </span>
          ),
        },
        {
          key: 'finish',
          header: t('finish'),
          cell: ({ finishMs }) =>
            finishMs === null ? t('noEnd') : <Time at={finishMs} zone={zone} style="short" />,
        },
        {
          key: 'spill',
          header: t('later'),
          isNumber: true,
          cell: ({ spill }) => format.number(spill),
        },
      ]}
    />
  );
}

export interface ForecastCardProps {
  forecast: ForecastView;
  zone: string;
  of: 'draft' | 'running';
}
