import { LinkButton, PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StatusBadge } from '#features/staff/components/status-badge.tsx';
import { StatusAction } from '#features/staff/components/tenant-actions.tsx';
import { TenantView } from '#features/staff/components/tenant-view.tsx';
import { readTenant } from '#features/staff/queries/read-tenant.ts';
import { requireStaff } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function TenantPage({ params }: PageInput<'tenantId'>) {
  const context = await requireStaff();
  const tenant = await readTenant(context, (await params).tenantId);
  if (!tenant) notFound();
  const t = await getTranslations('staff');
  const { id, name, status } = tenant;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ href: '/staff/tenants', label: t('tenants') }]}
        badge={<StatusBadge status={status} />}
        actions={
          <>
            <LinkButton href={`/staff/audit?tenant=${id}`}>{t('toAudit')}</LinkButton>
            <StatusAction tenantId={id} status={status} />
          </>
        }
      />
      <TenantView tenant={tenant} />
    </>
  );
}
