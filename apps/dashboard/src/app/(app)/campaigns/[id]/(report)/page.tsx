import { notFound } from 'next/navigation';
import { OverviewView } from '#features/reports/components/overview-view.tsx';
import { overview } from '#features/reports/queries/overview.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function OverviewPage({ params }: PageInput<'id'>) {
  const { run, tenant } = await requireTenant();
  const { id } = await params;
  const first = await run((scope) => overview(scope, id));
  if (!first) notFound();
  return <OverviewView key={id} first={first} zone={tenant.zone} />;
}
