import { LinkButton, PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AddSuppressions } from '#features/suppressions/components/add-suppressions.tsx';
import { SuppressionsTable } from '#features/suppressions/components/suppressions-table.tsx';
import {
  listSuppressions,
  readSuppressionFilter,
} from '#features/suppressions/queries/list-suppressions.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('suppressions'))('title') };
}

export default async function SuppressionsPage({ searchParams }: PageInput) {
  const context = await requireTenant();
  const t = await getTranslations('suppressions');
  const filter = readSuppressionFilter(await searchParams);
  const page = await listSuppressions(context, filter);
  const shared = { canChange: !context.isReadOnly, zone: context.tenant.zone, role: context.role };
  const actions = shared.canChange && (
    <>
      <LinkButton href="/suppressions/import">{t('upload')}</LinkButton>
      <AddSuppressions />
    </>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={actions} />
      <SuppressionsTable page={page} filter={filter} {...shared} />
    </>
  );
}
