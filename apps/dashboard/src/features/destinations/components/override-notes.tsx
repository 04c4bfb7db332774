/** What stands above all: a stop, staff's override with its reason, and one that does not parse. */
import { Alert } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { STAFF_ZONE, Time } from '#format/time.tsx';
import type { DestinationDetail } from '../queries/read-destination.ts';

export function OverrideNotes({ detail }: { detail: DestinationDetail }) {
  const t = useTranslations('destinations');
  const { summary, override, overrideFault } = detail;
  return (
    <>
      {summary.stopReason !== null && (
        <Alert tone="bad" title={t('stopped')} isStill>
          {summary.stopReason}
        </Alert>
      )}
      {overrideFault !== null && (
        <Alert tone="warn" title={t('overrideBroken')} isStill>
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{overrideFault}</span>
        </Alert>
      )}
      {override && (
        <Alert tone="neutral" title={t('overridden')} isStill>
          {override.reason} <Time at={override.atMs} zone={STAFF_ZONE} />
        </Alert>
      )}
    </>
  );
}
