import { Card, PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AddressSearch } from '#features/reports/components/address-search.tsx';
import { ReportList } from '#features/reports/components/report-list.tsx';
import { deliveriesTo } from '#features/reports/queries/deliveries-to.ts';
import { listReports } from '#features/reports/queries/list-reports.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports'))('title') };
}

export default async function ReportsPage({ searchParams }: PageInput) {
  const { run, tenant } = await requireTenant();
  const query = await searchParams;
  const email = one(query.email).trim().slice(0, 320);
  const after = one(query.after);
  const t = await getTranslations('reports');
  const found = email ? await run((scope) => deliveriesTo(scope, email)) : null;
  const reports = await run((scope) => listReports(scope, { after }));
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} />
      <div className="flex flex-col gap-5">
        <AddressSearch email={email} found={found} zone={tenant.zone} />
        <Card isFlush>
          <ReportList {...reports} after={after} zone={tenant.zone} />
        </Card>
      </div>
    </>
  );
}
