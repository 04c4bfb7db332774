import { PageHeader, TextLink } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditTable } from '#features/staff/components/audit-table.tsx';
import { listAudit, readAuditFilter } from '#features/staff/queries/list-audit.ts';
import { readTenant } from '#features/staff/queries/read-tenant.ts';
import { requireStaff } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('audit') };
}

export default async function AuditPage({ searchParams }: PageInput) {
  const context = await requireStaff();
  const t = await getTranslations('staff');
  const filter = readAuditFilter(await searchParams);
  const page = await listAudit(context, filter);
  const tenant = filter.tenantId && (await readTenant(context, filter.tenantId));
  return (
    <>
      <PageHeader title={t('audit')} description={t('auditText')} />
      {tenant && (
        <p className="mb-4 flex flex-wrap gap-x-3 text-sm">
          {t('auditOf', { name: tenant.name })}
          <TextLink href="/staff/audit">{t('auditAll')}</TextLink>
        </p>
      )}
      <AuditTable page={page} filter={filter} />
    </>
  );
}
