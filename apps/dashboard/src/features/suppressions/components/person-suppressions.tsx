import type { MemberRole } from '@hikyaku/contracts';
import { Badge, Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { SuppressionEntry } from '../queries/list-suppressions.ts';
import { AddSuppressions } from './add-suppressions.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** May this person be mailed? If not why; and what was entered and released before. */
export function PersonSuppressions({ email, entries, zone, role, canChange }: Props) {
  const t = useTranslations('suppressions');
  const active = entries.find((entry) => entry.releasedAt === null);
  return (
    <Card
      title={t('personTitle')}
      actions={
        active ? (
          <Badge tone="bad">{t(`reasons.${active.reason}`)}</Badge>
        ) : (
          <Badge tone="good">{t('receives')}</Badge>
        )
      }
    >
      <p className="text-sm text-ink-muted">{t(active ? 'personActive' : 'personFree')}</p>
      {entries.length > 0 && (
        <ol className="mt-3 flex flex-col divide-y divide-line border-y border-line text-sm">
          {entries.map((entry) => (
            <li key={entry.id} className="py-2.5">
              <p className="flex flex-wrap justify-between gap-x-4">
                <span>
                  {t(`reasons.${entry.reason}`)}
                  {entry.note && <span className="text-ink-muted"> — {entry.note}</span>}
                </span>
                <Time at={entry.createdAt} zone={zone} />
              </p>
              {entry.releasedAt && (
                <p className="mt-0.5 flex flex-wrap justify-between gap-x-4 text-ink-muted">
                  <span>{t('releasedBecause', { reason: entry.releaseReason })}</span>
                  <Time at={entry.releasedAt} zone={zone} />
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
      {canChange && (
        <div className="mt-4">
          {active ? (
            <ReleaseDialog entry={active} role={role} />
          ) : (
            <AddSuppressions email={email} />
          )}
        </div>
      )}
    </Card>
  );
}

interface Props {
  email: string;
  entries: SuppressionEntry[];
  zone: string;
  role: MemberRole;
  canChange: boolean;
}
