import { Card } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { ReplyTable } from '#features/reports/components/reply-table.tsx';
import { replies } from '#features/reports/queries/replies.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function RepliesPage({ params }: PageInput<'id'>) {
  const { run } = await requireTenant();
  const { id } = await params;
  const t = await getTranslations('reports.replies');
  const rows = await run((scope) => replies(scope, id));
  return (
    <Card isFlush>
      <ReplyTable campaignId={id} rows={rows} />
      {rows.length > 0 && (
        <p className="border-t border-line px-5 py-3 text-[0.8125rem] text-ink-muted">
          {t('note')}
        </p>
      )}
    </Card>
  );
}
