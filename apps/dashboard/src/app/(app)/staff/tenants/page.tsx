import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RiskTable } from '#features/hygiene/components/risk-table.tsx';
import { readTenantsByRisk } from '#features/hygiene/queries/staff-hygiene.ts';
import { isSort } from '#features/hygiene/sort.ts';
import { CreateTenant } from '#features/staff/components/create-tenant.tsx';
import { zonesWith } from '#format/zones.ts';
import { requireStaff } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('tenants') };
}

export default async function TenantsPage({ searchParams }: PageInput) {
  const context = await requireStaff();
  const t = await getTranslations('staff');
  const tenants = await readTenantsByRisk(context);
  const sort = one((await searchParams).sort);
  return (
    <>
      <PageHeader title={t('tenants')} description={t('tenantsText')} />
      <CreateTenant zones={zonesWith('Asia/Tokyo')} />
      <RiskTable tenants={tenants} sort={isSort(sort) ? sort : 'risk'} />
    </>
  );
}
