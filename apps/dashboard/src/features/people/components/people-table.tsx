import { Badge, Card, EmptyState, Pagination, Table, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SearchForm } from '#shell/search-form.tsx';
import type { PersonList } from '../person.ts';
import type { PeopleFilter, PeoplePage } from '../queries/list-people.ts';

const COLUMNS_SHOWN = 3;

/** A page of people; each opens their own page. `upload` is offered where there is nobody. */
export function PeopleTable({ list, page, filter, upload }: PeopleTableProps) {
  const t = useTranslations('people');
  const s = useTranslations('shell');
  const reasons = useTranslations('suppressions.reasons');
  const path = `/lists/${list.id}`;
  const query = (after: string) => {
    const search = new URLSearchParams({ ...(filter.q && { q: filter.q }), after });
    return `${path}?${search}`;
  };
  return (
    <Card isFlush>
      {(page.total > 0 || filter.q) && (
        <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-3">
          <div className="w-full min-w-0 sm:w-auto sm:flex-1">
            <SearchForm path={path} q={filter.q} label={t('search')} />
          </div>
          <p className="text-sm text-ink-muted tabular-nums">
            {t(filter.q ? 'found' : 'total', { count: page.total })}
          </p>
        </div>
      )}
      <Table
        caption={t('title')}
        rows={page.people}
        rowKey={(person) => person.id}
        empty={
          filter.q || filter.after ? (
            <EmptyState title={t('nobodyFound')} icon="search">
              {t('nobodyFoundText')}
            </EmptyState>
          ) : (
            <EmptyState title={t('emptyTitle')} icon="people" action={upload}>
              {t('emptyText')}
            </EmptyState>
          )
        }
        columns={[
          {
            key: 'email',
            header: t('email'),
            isLead: true,
            className: '[overflow-wrap:anywhere]',
            cell: (person) => (
              <TextLink isQuiet href={`${path}/people/${person.id}`}>
                {person.email}
              </TextLink>
            ),
          },
          ...list.columns.slice(0, COLUMNS_SHOWN).map((column) => ({
            key: `field:${column.key}`,
            header: column.label,
            cell: (person: PeoplePage['people'][number]) => (
              <span className="line-clamp-2">{person.fields[column.key]}</span>
            ),
          })),
          {
            key: 'state',
            header: t('state'),
            cell: (person) =>
              person.suppressed ? (
                <Badge tone="bad">{reasons(person.suppressed)}</Badge>
              ) : (
                <Badge tone="good">{t('receives')}</Badge>
              ),
          },
        ]}
      />
      <Pagination
        label={s('paging')}
        summary={page.people.length > 0 ? t('shown', { count: page.people.length }) : undefined}
        first={
          filter.after
            ? {
                href: filter.q ? `${path}?${new URLSearchParams({ q: filter.q })}` : path,
                label: s('first'),
              }
            : undefined
        }
        next={page.next ? { href: query(page.next), label: s('next') } : undefined}
      />
    </Card>
  );
}

export interface PeopleTableProps {
  list: PersonList;
  page: PeoplePage;
  filter: PeopleFilter;
  upload: ReactNode;
}
