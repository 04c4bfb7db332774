import { listDeliveries } from '@hikyaku/db';
import { Card, Pagination } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { PeopleFilters } from '#features/reports/components/people-filters.tsx';
import { PeopleTable } from '#features/reports/components/people-table.tsx';
import { isFiltered, peopleHref, readPeopleFilter } from '#features/reports/people-filter.ts';
import { filterOptions } from '#features/reports/queries/filter-options.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export default async function PeoplePage({ params, searchParams }: PageInput<'id'>) {
  const { run, tenant } = await requireTenant();
  const { id } = await params;
  const query = await searchParams;
  const { search, ...filter } = readPeopleFilter(query);
  const given = one(query.after);
  const after = /^\d{1,18}$/.test(given) ? given : null;
  const t = await getTranslations('reports.people');
  const [page, options] = await run(
    async (scope) =>
      [
        await listDeliveries(scope, { campaignId: id, filter, search, after }),
        await filterOptions(scope, id),
      ] as const,
  );
  const whole = { ...filter, search };
  const first = after ? { href: peopleHref(id, whole), label: t('first') } : undefined;
  const next = page.next ? { href: peopleHref(id, whole, page.next), label: t('next') } : undefined;
  return (
    <Card isFlush>
      <PeopleFilters campaignId={id} filter={whole} {...options} />
      <PeopleTable
        campaignId={id}
        rows={page.rows}
        zone={tenant.zone}
        isFiltered={isFiltered(whole)}
      />
      <Pagination label={t('pages')} first={first} next={next} />
    </Card>
  );
}
