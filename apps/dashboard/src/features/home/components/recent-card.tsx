/** Campaigns that ended lately, with what became of them. */
import { rate, type Totals } from '@hikyaku/reports';
import { Card, ProgressBar, Table, TextLink, type Tone } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';

export function RecentCard({ rows, zone }: RecentCardProps) {
  const t = useTranslations('home');
  const states = useTranslations('reports.stateShort');
  const format = useFormatter();
  return (
    <Card
      title={t('recent')}
      actions={
        <TextLink isQuiet href="/reports" className="text-sm">
          {t('allReports')}
        </TextLink>
      }
      isFlush
    >
      <Table
        caption={t('recentCaption')}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'name',
            header: t('name'),
            isLead: true,
            cell: (row) => (
              <TextLink isQuiet href={`/campaigns/${row.id}`} className="font-medium">
                {row.name}
              </TextLink>
            ),
          },
          {
            key: 'outcome',
            header: t('outcome'),
            className: 'max-sm:hidden',
            cell: ({ name, totals }) => (
              <div className="w-36 pt-1.5">
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
              </div>
            ),
          },
          {
            key: 'total',
            header: t('total'),
            isNumber: true,
            cell: ({ totals }) => format.number(totals.total),
          },
          {
            key: 'accepted',
            header: t('accepted'),
            isNumber: true,
            cell: ({ totals }) => {
              const share = rate('accepted', totals);
              return share === null
                ? '–'
                : format.number(Math.floor(share * 1000) / 1000, {
                    style: 'percent',
                    maximumFractionDigits: 1,
                  });
            },
          },
          {
            key: 'finished',
            header: t('finished'),
            isNumber: true,
            cell: ({ finishedAtMs }) =>
              finishedAtMs === null ? '–' : <Time at={finishedAtMs} zone={zone} style="short" />,
          },
        ]}
      />
    </Card>
  );
}

const PARTS = [
  ['accepted', 'good'],
  ['bounced', 'bad'],
  ['expired', 'warn'],
  ['unknown', 'odd'],
  ['cancelled', 'neutral'],
] as const satisfies readonly (readonly [string, Tone])[];

export interface RecentCardProps {
  rows: readonly { id: string; name: string; finishedAtMs: number | null; totals: Totals }[];
  zone: string;
}
