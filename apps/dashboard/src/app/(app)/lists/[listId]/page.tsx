import { LinkButton } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ListHead } from '#features/lists/components/list-head.tsx';
import { readList } from '#features/lists/queries/read-list.ts';
import { AddPerson } from '#features/people/components/add-person.tsx';
import { PeopleTable } from '#features/people/components/people-table.tsx';
import { listPeople, readPeopleFilter } from '#features/people/queries/list-people.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function ListPage({ params, searchParams }: PageInput<'listId'>) {
  const context = await requireTenant();
  const list = await readList(context, (await params).listId);
  if (!list) notFound();
  const t = await getTranslations('lists');
  const filter = readPeopleFilter(await searchParams);
  const page = await listPeople(context, list, filter);
  const canChange = !context.isReadOnly;
  const upload = (
    <LinkButton variant="primary" icon="plus" href={`/lists/${list.id}/import`}>
      {t('upload')}
    </LinkButton>
  );
  return (
    <>
      <ListHead
        list={list}
        tab="people"
        canChange={canChange}
        canDelete={context.has('admin')}
        actions={canChange && [<AddPerson key="add" list={list} />, <span key="up">{upload}</span>]}
      />
      <PeopleTable list={list} page={page} filter={filter} upload={canChange && upload} />
    </>
  );
}
