/** All destinations that anything is known of; each opens its own page. */
import { Badge, Card, EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import type { DestinationRow } from '../queries/list-destinations.ts';
import { SiteState } from './site-state.tsx';

export function DestinationsTable({ rows, q }: { rows: DestinationRow[]; q: string }) {
  const t = useTranslations('destinations');
  const format = useFormatter();
  const share = { style: 'percent', maximumFractionDigits: 1 } as const;
  return (
    <Card isFlush>
      <Table
        caption={t('title')}
        rows={rows}
        rowKey={({ site }) => site}
        empty={<EmptyState title={t(q ? 'noMatch' : 'none')}>{t('noneText')}</EmptyState>}
        columns={[
          {
            key: 'site',
            header: t('site'),
            isLead: true,
            cell: ({ site, domains }) => (
              <>
                <TextLink
                  isQuiet
                  href={`/staff/destinations/${encodeURIComponent(site)}`}
                  className="font-medium [overflow-wrap:anywhere]"
                >
                  {domains.length > 0 ? domains.slice(0, 3).join(', ') : site}
                </TextLink>
                {domains.length > 0 && (
                  <span className="block font-mono text-xs text-ink-muted [overflow-wrap:anywhere]">
                    {site}
                  </span>
                )}
              </>
            ),
          },
          { key: 'state', header: t('state'), cell: (row) => <SiteState row={row} /> },
          {
            key: 'sessions',
            header: t('sessions'),
            isNumber: true,
            cell: ({ sessionsOpen, sessionsOpening }) =>
              sessionsOpening > 0
                ? t('sessionsOpening', { open: sessionsOpen, opening: sessionsOpening })
                : format.number(sessionsOpen),
          },
          {
            key: 'rate',
            header: t('perSecond'),
            isNumber: true,
            cell: ({ acceptedPerSecond }) =>
              format.number(acceptedPerSecond, { maximumFractionDigits: 1 }),
          },
          {
            key: 'deferred',
            header: t('deferredShare'),
            isNumber: true,
            cell: ({ deferredShare }) =>
              deferredShare === null ? '–' : format.number(deferredShare, share),
          },
          {
            key: 'queued',
            header: t('queued'),
            isNumber: true,
            cell: ({ queued }) => format.number(queued),
          },
          {
            key: 'day',
            header: t('day'),
            isNumber: true,
            cell: ({ day }) => format.number(day.accepted),
          },
          {
            key: 'known',
            header: t('known'),
            cell: ({ learned, hasOverride }) => (
              <span className="inline-flex flex-wrap gap-1">
                {learned > 0 && (
                  <Badge tone="accent" icon={null}>
                    {t('learnedCount', { count: learned })}
                  </Badge>
                )}
                {hasOverride && (
                  <Badge tone="good" icon={null}>
                    {t('origin.staff')}
                  </Badge>
                )}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
