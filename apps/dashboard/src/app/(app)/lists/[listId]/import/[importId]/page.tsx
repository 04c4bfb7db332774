import { PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ImportView } from '#features/imports/components/import-view.tsx';
import { readImport } from '#features/imports/queries/read-import.ts';
import { readList } from '#features/lists/queries/read-list.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export default async function ImportPage(input: PageInput<'listId' | 'importId'>) {
  const context = await requireTenant();
  const { listId, importId } = await input.params;
  const [list, found] = [await readList(context, listId), await readImport(context, importId)];
  if (!list || found?.listId !== list.id) notFound();
  const t = await getTranslations('lists');
  const title = (await getTranslations('imports'))('importTitle');
  const { encoding, delimiter } = await input.searchParams;
  const back = `/lists/${list.id}`;
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[
          { href: '/lists', label: t('title') },
          { href: back, label: list.name },
        ]}
      />
      <ImportView
        context={context}
        found={found}
        back={back}
        encoding={one(encoding)}
        delimiter={one(delimiter)}
      />
    </>
  );
}
