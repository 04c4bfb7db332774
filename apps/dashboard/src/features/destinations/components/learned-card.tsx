/** What was learned of a destination, from which source, when and why; a limit can be pinned. */
import { Card, EmptyState, Table } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { STAFF_ZONE, Time } from '#format/time.tsx';
import type { DestinationDetail } from '../queries/read-destination.ts';
import { PinDialog, type PinTarget } from './pin-dialogs.tsx';

export function LearnedCard({ site, learned }: LearnedCardProps) {
  const t = useTranslations('destinations');
  return (
    <Card title={t('learned')} description={t('learnedText')} isFlush>
      <Table
        caption={t('learned')}
        rows={learned}
        rowKey={({ source, mxHost, field }) => `${source} ${mxHost} ${field}`}
        empty={<EmptyState title={t('noLearned')}>{t('noLearnedText')}</EmptyState>}
        columns={[
          {
            key: 'field',
            header: t('limit'),
            isLead: true,
            cell: ({ field }) => fieldText(t, field),
          },
          { key: 'value', header: t('value'), isNumber: true, cell: ({ value }) => value },
          {
            key: 'where',
            header: t('source'),
            cell: ({ source, mxHost }) => (
              <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
                {source}
                {mxHost && <span className="block text-ink-muted">{mxHost}</span>}
              </span>
            ),
          },
          {
            key: 'why',
            header: t('why'),
            cell: ({ reason }) => <span className="[overflow-wrap:anywhere]">{reason}</span>,
          },
          {
            key: 'since',
            header: t('since'),
            cell: ({ atMs, expiresAtMs }) => (
              <>
                <Time at={atMs} zone={STAFF_ZONE} style="seconds" />
                <span className="block text-[0.8125rem] text-ink-muted">
                  {t('until')} <Time at={expiresAtMs} zone={STAFF_ZONE} />
                </span>
              </>
            ),
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('pin')}</span>,
            cell: ({ isPinnable, field, source, value }) =>
              isPinnable && (
                <PinDialog
                  site={site}
                  field={field as PinTarget['field']}
                  source={source}
                  value={value}
                />
              ),
          },
        ]}
      />
    </Card>
  );
}

/** A setting that has no words of its own is shown by its name. */
export function fieldText(t: ReturnType<typeof useTranslations<'destinations'>>, field: string) {
  const key = `field.${field}` as never;
  return t.has(key) ? t(key) : <span className="font-mono">{field}</span>;
}

interface LearnedCardProps {
  site: string;
  learned: DestinationDetail['learned'];
}
