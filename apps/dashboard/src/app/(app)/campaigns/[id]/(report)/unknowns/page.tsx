import { listDeliveries } from '@hikyaku/db';
import { Card, Pagination } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { UnknownList } from '#features/reports/components/unknown-list.tsx';
import { reportHead } from '#features/reports/queries/report-head.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export default async function UnknownsPage({ params, searchParams }: PageInput<'id'>) {
  const { run, tenant, isReadOnly } = await requireTenant();
  const { id } = await params;
  const given = one((await searchParams).after);
  const after = /^\d{1,18}$/.test(given) ? given : null;
  const t = await getTranslations('reports');
  const [head, page] = await run(
    async (scope) =>
      [
        await reportHead(scope, id),
        await listDeliveries(scope, { campaignId: id, filter: { state: 'unknown' }, after }),
      ] as const,
  );
  if (!head) notFound();
  const here = `/campaigns/${id}/unknowns`;
  return (
    <Card title={t('unknowns.title')} description={t('unknowns.lead')} isFlush>
      <UnknownList
        campaignId={id}
        rows={page.rows.map(({ stateAt, ...row }) => ({ ...row, stateAtMs: stateAt.getTime() }))}
        total={head.totals.unknown}
        zone={tenant.zone}
        mayResend={!isReadOnly && head.state !== 'cancelled'}
      />
      <Pagination
        label={t('people.pages')}
        first={after ? { href: here, label: t('people.first') } : undefined}
        next={
          page.next ? { href: `${here}?after=${page.next}`, label: t('people.next') } : undefined
        }
      />
    </Card>
  );
}
