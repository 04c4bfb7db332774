'use client';
/** Attempts over time as stacked bars, and the same numbers as a table for whoever prefers to read. */
import { Table } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { OverTime, TimeBucket } from '../queries/over-time.ts';

export function TimeChart({ data, zone }: { data: OverTime; zone: string }) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const isDays = data.widthMs >= 6 * 3_600_000;
  const time = (at: number) =>
    format.dateTime(at, {
      ...(isDays ? { month: 'numeric', day: 'numeric' } : {}),
      hour: '2-digit',
      minute: '2-digit',
      ...(data.widthMs < 60_000 ? { second: '2-digit' } : {}),
      hourCycle: 'h23',
      timeZone: zone,
    });
  return (
    <>
      <figure aria-label={t('time.chart')} className="h-72 w-full text-xs">
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 640, height: 288 }}
        >
          <BarChart data={data.buckets} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis
              dataKey="at"
              tickFormatter={time}
              tick={AXIS}
              tickLine={false}
              axisLine={{ stroke: 'var(--color-line-strong)' }}
              minTickGap={28}
            />
            <YAxis
              width={44}
              allowDecimals={false}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              tickFormatter={(value: number) => format.number(value)}
            />
            <Tooltip
              labelFormatter={(at) => time(Number(at))}
              formatter={(value) => format.number(Number(value))}
              cursor={{ fill: 'var(--color-sunken)', opacity: 0.6 }}
              contentStyle={TOOLTIP}
            />
            {SERIES.map(([key, color]) => (
              <Bar
                key={key}
                dataKey={key}
                name={t(`disposition.${key}`)}
                stackId="all"
                fill={color}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </figure>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-muted">
        {SERIES.map(([key, color]) => (
          <li key={key} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className="size-2.5 rounded-[3px]"
              style={{ background: color }}
            />
            {t(`disposition.${key}`)}
          </li>
        ))}
      </ul>
      <details className="mt-4">
        <summary className="cursor-pointer text-sm text-accent-ink">{t('time.asTable')}</summary>
        <div className="-mx-5 mt-2 max-h-96 overflow-y-auto">
          <Table<TimeBucket>
            caption={t('time.title')}
            rows={data.buckets}
            rowKey={(row) => row.at}
            columns={[
              { key: 'at', header: t('time.at'), isLead: true, cell: (row) => time(row.at) },
              ...SERIES.map(([key]) => ({
                key,
                header: t(`disposition.${key}`),
                isNumber: true,
                cell: (row: TimeBucket) => format.number(row[key]),
              })),
            ]}
          />
        </div>
      </details>
    </>
  );
}

const AXIS = { fill: 'var(--color-ink-muted)', fontSize: 11 };
const TOOLTIP = {
  background: 'var(--color-surface)',
  border: '1px solid var(--color-line)',
  borderRadius: '0.5rem',
  color: 'var(--color-ink)',
};
const SERIES = [
  ['accepted', 'var(--color-good)'],
  ['deferred', 'var(--color-warn)'],
  ['bounced', 'var(--color-bad)'],
  ['unknown', 'var(--color-odd)'],
] as const;
