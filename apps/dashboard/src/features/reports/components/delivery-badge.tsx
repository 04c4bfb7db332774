/** The state of a delivery in words, colour and shape. */
import { Badge } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { type ShownState, STATE_TONES } from '../states.ts';

export function DeliveryBadge({ state }: { state: ShownState }) {
  const t = useTranslations('reports.stateShort');
  return <Badge tone={STATE_TONES[state]}>{t(state)}</Badge>;
}
