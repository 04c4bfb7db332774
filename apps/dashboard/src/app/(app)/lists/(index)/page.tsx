import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CreateList } from '#features/lists/components/create-list.tsx';
import { ListsTable } from '#features/lists/components/lists-table.tsx';
import { listLists } from '#features/lists/queries/list-lists.ts';
import { requireTenant } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('lists'))('title') };
}

export default async function ListsPage() {
  const context = await requireTenant();
  const t = await getTranslations('lists');
  const lists = await listLists(context);
  const canChange = !context.isReadOnly;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={canChange && lists.length > 0 && <CreateList />}
      />
      <ListsTable lists={lists} zone={context.tenant.zone} canChange={canChange} />
    </>
  );
}
