/** The state of a campaign in words, colour and shape. */
import type { CampaignState } from '@hikyaku/campaigns';
import { Badge, type IconName, type Tone } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

/** `isMissed`: it is scheduled, and its start has passed unseen. */
export function StateBadge({ state, isMissed }: { state: CampaignState; isMissed?: boolean }) {
  const t = useTranslations('campaigns.state');
  if (isMissed && state === 'scheduled')
    return (
      <Badge tone="warn" icon="exclamation">
        {t('missed')}
      </Badge>
    );
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
