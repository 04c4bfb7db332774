/** The uploads of a list, newest first; each opens its counts and its refused lines. */
import { Badge, Card, EmptyState, Table, TextLink, type Tone } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { ImportRow } from '../queries/list-imports.ts';

export function ImportsTable({ rows, pageBase, zone }: ImportsTableProps) {
  const t = useTranslations('imports');
  const format = useFormatter();
  return (
    <Card title={t('historyTitle')} isFlush>
      <Table
        caption={t('historyTitle')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={t('historyEmpty')} icon="download">
            {t('historyEmptyText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'file',
            header: t('file'),
            isLead: true,
            cell: (row) => (
              <TextLink isQuiet href={`${pageBase}/${row.id}`}>
                {row.filename}
              </TextLink>
            ),
          },
          {
            key: 'state',
            header: t('state'),
            cell: (row) => <Badge tone={TONES[row.state]}>{t(`states.${row.state}`)}</Badge>,
          },
          ...(['new', 'updated', 'duplicate', 'refused'] as const).map((key) => ({
            key,
            header: t(`counts.${key}`),
            isNumber: true,
            cell: (row: ImportRow) => format.number(row[`${key}Count`]),
          })),
          {
            key: 'at',
            header: t('at'),
            cell: (row) => <Time at={row.createdAt.getTime()} zone={zone} style="short" />,
          },
        ]}
      />
    </Card>
  );
}

const TONES: Record<ImportRow['state'], Tone> = {
  uploading: 'accent',
  mapping: 'warn',
  queued: 'accent',
  running: 'accent',
  finished: 'good',
  failed: 'bad',
  cancelled: 'neutral',
};

export interface ImportsTableProps {
  rows: ImportRow[];
  pageBase: string;
  zone: string;
}
