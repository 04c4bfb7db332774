import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CreateTenant } from '#features/staff/components/create-tenant.tsx';
import { TenantsTable } from '#features/staff/components/tenants-table.tsx';
import { listTenants } from '#features/staff/queries/list-tenants.ts';
import { zonesWith } from '#format/zones.ts';
import { requireStaff } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('tenants') };
}

export default async function TenantsPage() {
  const context = await requireStaff();
  const t = await getTranslations('staff');
  const tenants = await listTenants(context);
  return (
    <>
      <PageHeader title={t('tenants')} description={t('tenantsText')} />
      <CreateTenant zones={zonesWith('Asia/Tokyo')} />
      <TenantsTable tenants={tenants} />
    </>
  );
}
