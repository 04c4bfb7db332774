/** The state of a campaign in words, colour and shape. */
import type { CampaignState } from '@hikyaku/campaigns';
import { Badge, type IconName, type Tone } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function StateBadge({ state }: { state: CampaignState }) {
  const t = useTranslations('campaigns.state');
  const [tone, icon] = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(state)}
    </Badge>
  );
}

const LOOKS: Record<CampaignState, readonly [Tone, IconName]> = {
  draft: ['neutral', 'pencil'],
  scheduled: ['accent', 'clock'],
  launching: ['accent', 'arrow'],
  running: ['accent', 'arrow'],
  paused: ['warn', 'pause'],
  finished: ['good', 'check'],
  cancelled: ['neutral', 'stop'],
};
