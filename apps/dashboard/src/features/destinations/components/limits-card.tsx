/** Which limits bind, from where and why; staff set their own here. */
import { Card, Table } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STAFF_ZONE, Time } from '#format/time.tsx';
import type { DestinationDetail } from '../queries/read-destination.ts';
import { OriginBadge } from './origin-badge.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { UnpinDialog } from './pin-dialogs.tsx';

export function LimitsCard({ site, detail }: { site: string; detail: DestinationDetail }) {
  const t = useTranslations('destinations');
  const format = useFormatter();
  const { limits, override } = detail;
  return (
    <Card
      title={t('limits')}
      description={t('limitsText')}
      isFlush
      actions={<OverrideDialog site={site} values={override?.values ?? {}} />}
    >
      <Table
        caption={t('limits')}
        rows={limits}
        rowKey={({ field }) => field}
        columns={[
          {
            key: 'field',
            header: t('limit'),
            isLead: true,
            cell: ({ field }) => t(`field.${field}`),
          },
          {
            key: 'value',
            header: t('value'),
            isNumber: true,
            cell: ({ value }) => (value === null ? t('noLimit') : format.number(value)),
          },
          { key: 'from', header: t('from'), cell: ({ from }) => <OriginBadge from={from} /> },
          {
            key: 'why',
            header: t('why'),
            cell: ({ reason, atMs, source, from }) => (
              <span className="[overflow-wrap:anywhere]">
                {from === 'default' ? t('nothingKnown') : reason}
                <span className="block text-[0.8125rem] text-ink-muted">
                  {atMs !== null && <Time at={atMs} zone={STAFF_ZONE} />}
                  {source !== null && ` · ${source}`}
                </span>
              </span>
            ),
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('unpin')}</span>,
            cell: ({ field, isOverridden }) =>
              isOverridden &&
              field !== 'sessionsMax' &&
              field !== 'sessionsMaxAll' && <UnpinDialog site={site} field={field} />,
          },
        ]}
      />
    </Card>
  );
}
