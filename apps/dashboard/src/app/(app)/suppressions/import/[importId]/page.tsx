import { PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ImportView } from '#features/imports/components/import-view.tsx';
import { readImport } from '#features/imports/queries/read-import.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export default async function SuppressionImportPage(input: PageInput<'importId'>) {
  const context = await requireTenant();
  const found = await readImport(context, (await input.params).importId);
  if (found?.kind !== 'suppressions') notFound();
  const t = await getTranslations('suppressions');
  const { encoding, delimiter } = await input.searchParams;
  return (
    <>
      <PageHeader
        title={t('uploadTitle')}
        crumbs={[{ href: '/suppressions', label: t('title') }]}
      />
      <ImportView
        context={context}
        found={found}
        back="/suppressions"
        encoding={one(encoding)}
        delimiter={one(delimiter)}
      />
    </>
  );
}
