/** Each decision of the false-550 protection in words, with the figures it was made on. */
import { Badge, Card, EmptyState } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { DecisionRow } from '../queries/staff-hygiene.ts';

const ZONE = 'Asia/Tokyo';
const NO_FIGURES = {
  seen: 0,
  refused: 0,
  canaries: 0,
  canariesRefused: 0,
  blockReplies: 0,
  baselinePercent: 0,
  accepted: 0,
};

export function TimelineCard({ decisions }: { decisions: DecisionRow[] }) {
  const t = useTranslations('hygiene');
  if (decisions.length === 0) return <EmptyState title={t('noBlocks')} icon="clock" />;
  return (
    <Card>
      <ol className="flex flex-col gap-4">
        {decisions.map((decision) => (
          <li key={decision.id} className="flex flex-col gap-1 text-sm">
            <span className="flex flex-wrap items-center gap-2 text-ink-muted">
              <Time at={decision.atMs} zone={ZONE} style="seconds" />
              <Badge tone={TONES[decision.state] ?? 'neutral'}>
                {t(`states.${decision.state}` as 'states.blocked')}
              </Badge>
              {decision.tenantName ?? t('everybody')}
            </span>
            <span>
              {t(`reasons.${decision.reason}` as 'reasons.probe-due', {
                ...NO_FIGURES,
                ...decision.figures,
              })}
              {decision.quarantined > 0 && ` ${t('alsoQuarantined', { n: decision.quarantined })}`}
            </span>
            {decision.probeAtMs !== null && (
              <span className="text-ink-muted">
                {t('nextProbe')}: <Time at={decision.probeAtMs} zone={ZONE} style="seconds" />
              </span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

const TONES: Record<string, 'good' | 'warn' | 'bad' | 'accent'> = {
  clear: 'good',
  released: 'good',
  suspected: 'warn',
  probing: 'accent',
  blocked: 'bad',
};
