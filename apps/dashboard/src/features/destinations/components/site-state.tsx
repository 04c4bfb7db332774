/** One word for how it stands with a destination: stopped, left alone, delivering, quiet. */
import { Badge } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { STAFF_ZONE, Time } from '#format/time.tsx';
import type { DestinationRow } from '../queries/list-destinations.ts';

export function SiteState({ row }: { row: DestinationRow }) {
  const t = useTranslations('destinations');
  if (row.stopReason !== null) return <Badge tone="bad">{t('stopped')}</Badge>;
  if (row.backOffUntilMs !== null)
    return (
      <>
        <Badge tone="warn">{t('backOff')}</Badge>{' '}
        <span className="text-[0.8125rem] text-ink-muted">
          {t('until')} <Time at={row.backOffUntilMs} zone={STAFF_ZONE} style="seconds" />
          {row.trouble && <span className="block font-mono">{row.trouble}</span>}
        </span>
      </>
    );
  return row.sessionsOpen > 0 ? (
    <Badge tone="good">{t('delivering')}</Badge>
  ) : (
    <Badge tone="idle">{t('quiet')}</Badge>
  );
}
