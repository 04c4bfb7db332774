import { notFound } from 'next/navigation';
import { ImportsTable } from '#features/imports/components/imports-table.tsx';
import { UploadBox } from '#features/imports/components/upload-box.tsx';
import { listImports } from '#features/imports/queries/list-imports.ts';
import { ListHead } from '#features/lists/components/list-head.tsx';
import { readList } from '#features/lists/queries/read-list.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function ListImportsPage({ params }: PageInput<'listId'>) {
  const context = await requireTenant();
  const list = await readList(context, (await params).listId);
  if (!list) notFound();
  const rows = await listImports(context, list.id);
  const pageBase = `/lists/${list.id}/import`;
  const canChange = !context.isReadOnly;
  const zone = context.tenant.zone;
  return (
    <>
      <ListHead list={list} tab="imports" canChange={canChange} canDelete={context.has('admin')} />
      <div className="flex flex-col gap-5">
        {canChange && <UploadBox sendTo={`/api/lists/${list.id}/imports`} pageBase={pageBase} />}
        <ImportsTable rows={rows} pageBase={pageBase} zone={zone} />
      </div>
    </>
  );
}
