import { totalsByDestination } from '@hikyaku/db';
import { Card } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { DestinationTable } from '#features/reports/components/destination-table.tsx';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

const SHOWN = 200;

export default async function DestinationsPage({ params }: PageInput<'id'>) {
  const { run } = await requireTenant();
  const { id } = await params;
  const t = await getTranslations('reports.destinations');
  const rows = await run((scope) => totalsByDestination(scope, id, { limit: SHOWN }));
  return (
    <Card isFlush>
      <div className="overflow-x-auto">
        <DestinationTable campaignId={id} rows={rows} />
      </div>
      {rows.length === SHOWN && (
        <p className="border-t border-line px-5 py-3 text-sm text-ink-muted">
          {t('more', { count: SHOWN })}
        </p>
      )}
    </Card>
  );
}
