/** Where a value comes from. */
import type { OriginKind } from '@hikyaku/replies';
import { Badge, type Tone } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

const TONES: Record<OriginKind, Tone> = {
  default: 'neutral',
  seeded: 'idle',
  learned: 'accent',
  staff: 'good',
};

export function OriginBadge({ from }: { from: OriginKind }) {
  const t = useTranslations('destinations.origin');
  return (
    <Badge tone={TONES[from]} icon={null}>
      {t(from)}
    </Badge>
  );
}
