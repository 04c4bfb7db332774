/** How each destination fared; every number opens its people, and the last line is the sum. */
import type { DestinationTotals } from '@hikyaku/db';
import { rate, totalsFrom } from '@hikyaku/reports';
import { EmptyState, ProgressBar, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { type PeopleFilter, peopleHref } from '../people-filter.ts';
import { useShareText } from '../report-text.ts';
import { SHOWN_STATES, STATE_TONES } from '../states.ts';

export function DestinationTable({ campaignId, rows }: DestinationTableProps) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const share = useShareText();
  const number = (row: DestinationTotals, value: number, filter: PeopleFilter) =>
    value === 0 ? (
      <span className="text-ink-faint">0</span>
    ) : (
      <TextLink isQuiet href={peopleHref(campaignId, { domain: row.domain, ...filter })}>
        {format.number(value)}
      </TextLink>
    );
  return (
    <Table
      caption={t('destinations.caption')}
      rows={rows}
      rowKey={(row) => row.domain}
      empty={<EmptyState title={t('destinations.empty')} />}
      footer={rows.length > 0 && <SumRow rows={rows} />}
      columns={[
        {
          key: 'domain',
          header: t('destinations.domain'),
          isLead: true,
          cell: ({ domain }) => (
            <TextLink isQuiet href={peopleHref(campaignId, { domain })} className="font-medium">
              {domain}
            </TextLink>
          ),
        },
        {
          key: 'share',
          header: t('destinations.share'),
          className: 'max-sm:hidden',
          cell: (row) => (
            <div className="w-28 pt-1.5">
              <ProgressBar
                size="sm"
                label={row.domain}
                total={row.sum}
                format={(value) => format.number(value)}
                parts={SHOWN_STATES.map((state) => ({
                  key: state,
                  label: t(`stateShort.${state}`),
                  value: row[state],
                  tone: STATE_TONES[state],
                }))}
              />
            </div>
          ),
        },
        {
          key: 'total',
          header: t('destinations.total'),
          isNumber: true,
          cell: (row) => number(row, row.sum, {}),
        },
        ...(['accepted', 'bounced', 'expired', 'unknown', 'cancelled', 'waiting'] as const).map(
          (state) => ({
            key: state,
            header: t(`stateShort.${state}`),
            isNumber: true,
            cell: (row: DestinationTotals) => number(row, row[state], { state }),
          }),
        ),
        {
          key: 'rate',
          header: t('destinations.rate'),
          isNumber: true,
          cell: (row) => share(rate('accepted', sumsOf(row))),
        },
      ]}
    />
  );
}

function SumRow({ rows }: { rows: readonly DestinationTotals[] }) {
  const t = useTranslations('reports.destinations');
  const format = useFormatter();
  const sum = (key: (typeof COLUMNS)[number]) => rows.reduce((total, row) => total + row[key], 0);
  return (
    <tr className="max-sm:hidden">
      <th scope="row" className="px-3 py-2.5 pl-5 text-left text-sm font-medium">
        {t('sum')}
      </th>
      <td />
      {COLUMNS.map((key) => (
        <td key={key} className="px-3 py-2.5 text-right tabular-nums">
          {format.number(sum(key))}
        </td>
      ))}
      <td />
    </tr>
  );
}

function sumsOf(row: DestinationTotals) {
  return totalsFrom(
    row.sum,
    SHOWN_STATES.map((state) => [state, row[state]] as const),
  );
}

const COLUMNS = [
  'sum',
  'accepted',
  'bounced',
  'expired',
  'unknown',
  'cancelled',
  'waiting',
] as const;

export interface DestinationTableProps {
  campaignId: string;
  rows: readonly DestinationTotals[];
}
