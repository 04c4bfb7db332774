import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DestinationsTable } from '#features/destinations/components/destinations-table.tsx';
import { listDestinations } from '#features/destinations/queries/list-destinations.ts';
import { requireStaff } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { SearchForm } from '#shell/search-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('destinations'))('title') };
}

export default async function DestinationsPage({ searchParams }: PageInput) {
  const q = one((await searchParams).q);
  const rows = await listDestinations(await requireStaff(), q);
  const t = await getTranslations('destinations');
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="flex flex-col gap-4">
        <SearchForm path="/staff/destinations" q={q} label={t('search')} />
        <DestinationsTable rows={rows} q={q} />
      </div>
      <RefreshWhile isOn={rows.some(({ isLive }) => isLive)} />
    </>
  );
}
