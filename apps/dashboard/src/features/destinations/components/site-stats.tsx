/** The destination in figures: now, and within a day. */
import { Stat, StatGrid } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import type { DestinationRow } from '../queries/list-destinations.ts';

export function SiteStats({ row }: { row: DestinationRow }) {
  const t = useTranslations('destinations');
  const format = useFormatter();
  const { sessionsOpen, sessionsOpening, acceptedPerSecond, deferredShare, day } = row;
  return (
    <StatGrid>
      <Stat
        label={t('sessions')}
        value={format.number(sessionsOpen)}
        note={sessionsOpening > 0 ? t('openingNote', { count: sessionsOpening }) : undefined}
      />
      <Stat
        label={t('perSecond')}
        value={format.number(acceptedPerSecond, { maximumFractionDigits: 1 })}
        note={t('queuedNote', { count: row.queued })}
      />
      <Stat
        label={t('deferredShare')}
        value={
          deferredShare === null
            ? '–'
            : format.number(deferredShare, { style: 'percent', maximumFractionDigits: 1 })
        }
      />
      <Stat
        label={t('day')}
        value={format.number(day.accepted)}
        note={t('dayNote', { deferred: day.deferred, bounced: day.bounced })}
      />
    </StatGrid>
  );
}
