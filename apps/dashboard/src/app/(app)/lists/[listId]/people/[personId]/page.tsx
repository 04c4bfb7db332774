import { PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { readList } from '#features/lists/queries/read-list.ts';
import { PersonForm } from '#features/people/components/person-form.tsx';
import { readPerson } from '#features/people/queries/read-person.ts';
import { PersonSuppressions } from '#features/suppressions/components/person-suppressions.tsx';
import { suppressionsOf } from '#features/suppressions/queries/list-suppressions.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function PersonPage({ params }: PageInput<'listId' | 'personId'>) {
  const context = await requireTenant();
  const { listId, personId } = await params;
  const list = await readList(context, listId);
  const person = list && (await readPerson(context, list.id, personId));
  if (!list || !person) notFound();
  const t = await getTranslations('lists');
  const entries = await suppressionsOf(context, person.emailKey);
  const { email, id, fields } = person;
  const shared = { canChange: !context.isReadOnly, zone: context.tenant.zone, role: context.role };
  const crumbs = [
    { href: '/lists', label: t('title') },
    { href: `/lists/${list.id}`, label: list.name },
  ];
  return (
    <>
      <PageHeader title={email} crumbs={crumbs} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <PersonForm list={list} person={{ id, email, fields }} canChange={shared.canChange} />
        <PersonSuppressions email={email} entries={entries} {...shared} />
      </div>
    </>
  );
}
