import type { MemberRole } from '@hikyaku/contracts';
import { Badge, Card, EmptyState, Pagination, Table } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { SearchForm } from '#shell/search-form.tsx';
import type {
  SuppressionEntry,
  SuppressionFilter,
  SuppressionPage,
} from '../queries/list-suppressions.ts';
import { ReasonFilter } from './reason-filter.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { ReleaseMany } from './release-many.tsx';

const PATH = '/suppressions';

/** Everybody who is left out of all campaigns, with the way back for those who may be released. */
export function SuppressionsTable({ page, filter, zone, role, canChange }: SuppressionsTableProps) {
  const t = useTranslations('suppressions');
  const s = useTranslations('shell');
  const c = useTranslations('reports.category');
  // What was cleaned carries the category of the reply that did it.
  const noteText = (note: string) => (c.has(note as never) ? c(note as never) : note);
  const isFiltered = filter.q !== '' || filter.reason !== '' || filter.isReleased;
  const query = (before?: string) => {
    const search = new URLSearchParams(keepOf(filter));
    if (filter.q) search.set('q', filter.q);
    if (before) search.set('before', before);
    return search.size > 0 ? `${PATH}?${search}` : PATH;
  };
  return (
    <Card isFlush>
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-3">
        <div className="w-full min-w-0 sm:w-auto sm:flex-1">
          <SearchForm path={PATH} q={filter.q} label={t('search')} keep={keepOf(filter)} />
        </div>
        <p className="text-sm text-ink-muted tabular-nums">{t('total', { count: page.total })}</p>
      </div>
      {canChange && isFiltered && !filter.isReleased && page.total > 0 && (
        <div className="flex justify-end px-5 pt-3">
          <ReleaseMany q={filter.q} reason={filter.reason} />
        </div>
      )}
      <ReasonFilter filter={filter} path={PATH} />
      <Table
        caption={t('title')}
        rows={page.entries}
        rowKey={(entry) => entry.id}
        empty={
          <EmptyState
            title={t(isFiltered ? 'noneFound' : 'emptyTitle')}
            icon={isFiltered ? 'search' : 'check'}
          >
            {t(isFiltered ? 'noneFoundText' : 'emptyText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'email',
            header: t('email'),
            isLead: true,
            className: '[overflow-wrap:anywhere]',
            cell: (entry) => entry.email,
          },
          {
            key: 'reason',
            header: t('reason'),
            cell: (entry) => <Badge tone="bad">{t(`reasons.${entry.reason}`)}</Badge>,
          },
          {
            key: 'note',
            header: t('note'),
            cell: (entry) => (
              <span className="line-clamp-2 max-w-72 text-ink-muted">
                {noteText(noteOf(entry))}
              </span>
            ),
          },
          {
            key: 'at',
            header: t(filter.isReleased ? 'releasedAt' : 'at'),
            cell: (entry) => <Time at={entry.releasedAt ?? entry.createdAt} zone={zone} />,
          },
          ...(canChange && !filter.isReleased
            ? [
                {
                  key: 'act',
                  header: <span className="sr-only">{t('release')}</span>,
                  cell: (entry: SuppressionEntry) => <ReleaseDialog entry={entry} role={role} />,
                },
              ]
            : []),
        ]}
      />
      <Pagination
        label={s('paging')}
        summary={page.entries.length > 0 ? t('shown', { count: page.entries.length }) : undefined}
        first={filter.before ? { href: query(), label: s('first') } : undefined}
        next={page.next ? { href: query(page.next), label: s('next') } : undefined}
      />
    </Card>
  );
}

function noteOf(entry: SuppressionEntry): string {
  return entry.releasedAt ? entry.releaseReason : entry.note;
}

function keepOf(filter: SuppressionFilter): Record<string, string> {
  return {
    ...(filter.reason && { reason: filter.reason }),
    ...(filter.isReleased && { show: 'released' }),
  };
}

export interface SuppressionsTableProps {
  page: SuppressionPage;
  filter: SuppressionFilter;
  zone: string;
  role: MemberRole;
  canChange: boolean;
}
