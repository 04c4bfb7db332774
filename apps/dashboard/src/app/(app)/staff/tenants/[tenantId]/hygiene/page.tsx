import { LinkButton, PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { HygieneTables } from '#features/hygiene/components/hygiene-tables.tsx';
import { TenantActions } from '#features/hygiene/components/staff-actions.tsx';
import { readTenantHygiene } from '#features/hygiene/queries/staff-hygiene.ts';
import { StatusAction } from '#features/staff/components/tenant-actions.tsx';
import { requireStaff } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function TenantHygienePage({ params }: PageInput<'tenantId'>) {
  const view = await readTenantHygiene(await requireStaff(), (await params).tenantId);
  if (!view) notFound();
  const { tenant, controls, hygiene, running } = view;
  const t = await getTranslations('hygiene');
  const s = await getTranslations('staff');
  return (
    <>
      <PageHeader
        title={t('titleOf', { name: tenant.name })}
        description={t('description')}
        crumbs={[
          { href: '/staff/tenants', label: s('tenants') },
          { href: `/staff/tenants/${tenant.id}`, label: tenant.name },
        ]}
        actions={
          <>
            <LinkButton href={`/staff/audit?tenant=${tenant.id}`}>{s('toAudit')}</LinkButton>
            <StatusAction tenantId={tenant.id} status={tenant.status} />
          </>
        }
      />
      <div className="flex flex-col gap-5">
        <TenantActions tenantId={tenant.id} controls={controls} running={running} />
        <HygieneTables hygiene={hygiene} />
      </div>
    </>
  );
}
