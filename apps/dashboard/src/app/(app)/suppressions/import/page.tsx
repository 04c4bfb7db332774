import { PageHeader } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { ImportsTable } from '#features/imports/components/imports-table.tsx';
import { UploadBox } from '#features/imports/components/upload-box.tsx';
import { listImports } from '#features/imports/queries/list-imports.ts';
import { requireTenant } from '#server/context.ts';

const PAGE_BASE = '/suppressions/import';

export default async function SuppressionImportsPage() {
  const context = await requireTenant();
  const t = await getTranslations('suppressions');
  const rows = await listImports(context, null);
  const crumbs = [{ href: '/suppressions', label: t('title') }];
  return (
    <>
      <PageHeader title={t('uploadTitle')} description={t('uploadText')} crumbs={crumbs} />
      <div className="flex flex-col gap-5">
        {!context.isReadOnly && (
          <UploadBox sendTo="/api/suppressions/imports" pageBase={PAGE_BASE} />
        )}
        <ImportsTable rows={rows} pageBase={PAGE_BASE} zone={context.tenant.zone} />
      </div>
    </>
  );
}
