'use client';
/** What a campaign waits for, said as a state and not as an error. */
import { Alert } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STYLES } from '#format/time.tsx';
import type { Overview } from '../queries/overview.ts';
import { WindowNotice } from './window-notice.tsx';

export function StateNotice({ overview, zone }: { overview: Overview; zone: string }) {
  const t = useTranslations('campaigns.live');
  const format = useFormatter();
  const time = (at: number) => format.dateTime(at, { ...STYLES.short, timeZone: zone });
  const { state, startAtMs, atMs, windows } = overview;
  if (overview.isMissed && startAtMs !== null)
    return (
      <Alert tone="warn" title={t('missedTitle', { time: `${time(startAtMs)} (${zone})` })}>
        {t('missedBody')}
      </Alert>
    );
  if (state === 'scheduled')
    return (
      <Alert
        tone="accent"
        title={
          startAtMs !== null && startAtMs > atMs + 5_000
            ? t('scheduledFor', { time: `${time(startAtMs)} (${zone})` })
            : t('scheduledSoon')
        }
      />
    );
  if (state === 'paused')
    return (
      <Alert tone="warn" title={t('pausedTitle')}>
        {t('pausedBody')}
      </Alert>
    );
  if (windows.waits.length > 0) return <WindowNotice overview={overview} zone={zone} />;
  if (state === 'launching') return <Alert tone="accent">{t('launching')}</Alert>;
  return null;
}
