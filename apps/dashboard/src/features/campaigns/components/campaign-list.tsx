/** Campaigns as a table: state, start, how far each has come. */
import { settledOf } from '@hikyaku/reports';
import { EmptyState, ProgressBar, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { CampaignRow } from '../queries/list-campaigns.ts';
import { NewCampaignButton } from './new-campaign-button.tsx';
import { StateBadge } from './state-badge.tsx';

export function CampaignList({ rows, zone, mayEdit }: CampaignListProps) {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  return (
    <Table
      caption={t('list.caption')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState title={t('list.emptyTitle')} action={mayEdit && <NewCampaignButton />}>
          {t('list.emptyBody')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          header: t('list.name'),
          isLead: true,
          cell: (row) => (
            <>
              <TextLink isQuiet href={hrefOf(row)} className="font-medium">
                {row.name || t('untitled')}
              </TextLink>
              {row.listName && (
                <span className="block text-[0.8125rem] text-ink-muted">{row.listName}</span>
              )}
            </>
          ),
        },
        {
          key: 'state',
          header: t('list.state'),
          cell: (row) => <StateBadge state={row.state} isMissed={row.isMissed} />,
        },
        {
          key: 'start',
          header: t('list.start'),
          cell: (row) =>
            row.startAtMs === null ? (
              <span className="text-ink-faint">–</span>
            ) : (
              <Time at={row.startAtMs} zone={zone} />
            ),
        },
        {
          key: 'total',
          header: t('list.total'),
          isNumber: true,
          cell: ({ totals }) => (totals.total ? format.number(totals.total) : '–'),
        },
        {
          key: 'progress',
          header: t('list.progress'),
          className: 'sm:w-44',
          cell: (row) => <Progress row={row} />,
        },
      ]}
    />
  );
}

function Progress({ row: { totals } }: { row: CampaignRow }) {
  const t = useTranslations('reports');
  const format = useFormatter();
  if (totals.total === 0) return <span className="text-ink-faint">–</span>;
  const share = settledOf(totals) / totals.total;
  return (
    <div className="min-w-36 pt-1.5">
      <ProgressBar
        size="sm"
        label={t('funnel.title')}
        total={totals.total}
        format={(value) => format.number(value)}
        parts={[
          {
            key: 'accepted',
            label: t('stateShort.accepted'),
            value: totals.accepted,
            tone: 'good',
          },
          { key: 'bounced', label: t('stateShort.bounced'), value: totals.bounced, tone: 'bad' },
          { key: 'expired', label: t('stateShort.expired'), value: totals.expired, tone: 'warn' },
          { key: 'unknown', label: t('stateShort.unknown'), value: totals.unknown, tone: 'odd' },
          {
            key: 'cancelled',
            label: t('stateShort.cancelled'),
            value: totals.cancelled,
            tone: 'neutral',
          },
        ]}
      />
      <span className="mt-1 block text-xs text-ink-muted tabular-nums">
        {format.number(Math.floor(share * 1000) / 1000, {
          style: 'percent',
          maximumFractionDigits: 1,
        })}
      </span>
    </div>
  );
}

function hrefOf({ id, state }: CampaignRow): string {
  return state === 'draft' ? `/campaigns/${id}/edit` : `/campaigns/${id}`;
}

export interface CampaignListProps {
  rows: readonly CampaignRow[];
  zone: string;
  mayEdit: boolean;
}
