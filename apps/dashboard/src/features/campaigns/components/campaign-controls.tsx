'use client';
/** Pause, resume, cancel, unschedule: whichever the state allows. Cancelling says first what it means. */
import { type CampaignState, isAllowed } from '@hikyaku/campaigns';
import { Button } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { useErrorText } from '#shell/error-text.ts';
import { useHydrated } from '#shell/form.tsx';
import { cancelCampaign } from '../actions/cancel-campaign.ts';
import { pauseCampaign } from '../actions/pause-campaign.ts';
import { resumeCampaign } from '../actions/resume-campaign.ts';
import { startMissedCampaign } from '../actions/start-missed-campaign.ts';
import { unscheduleCampaign } from '../actions/unschedule-campaign.ts';

export function CampaignControls({
  id,
  state,
  isMissed,
  waiting,
  accepted,
}: CampaignControlsProps) {
  const t = useTranslations('campaigns.live');
  const router = useRouter();
  const errorText = useErrorText();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  const [failure, setFailure] = useState<string | null>(null);
  const act = (action: typeof pauseCampaign, then: () => void) => () =>
    start(async () => {
      const outcome = await action({ id }).catch(() => null);
      setFailure(outcome?.ok ? null : errorText(outcome?.code ?? 'SERVER_UNREACHABLE'));
      if (outcome?.ok) then();
      else router.refresh();
    });
  const refresh = () => router.refresh();
  const common = { isPending, disabled: !isReady };
  return (
    <>
      {failure && (
        <span role="alert" className="text-sm text-bad-ink">
          {failure}
        </span>
      )}
      {isMissed && isAllowed(state, 'start') && (
        <Button
          {...common}
          variant="primary"
          icon="play"
          onClick={act(startMissedCampaign, refresh)}
        >
          {t('startMissed')}
        </Button>
      )}
      {isAllowed(state, 'unschedule') && (
        <Button
          {...common}
          icon="pencil"
          onClick={act(unscheduleCampaign, () => router.push(`/campaigns/${id}/edit`))}
        >
          {t('unschedule')}
        </Button>
      )}
      {isAllowed(state, 'pause') && (
        <Button {...common} icon="pause" onClick={act(pauseCampaign, refresh)}>
          {t('pause')}
        </Button>
      )}
      {isAllowed(state, 'resume') && (
        <Button {...common} variant="primary" icon="play" onClick={act(resumeCampaign, refresh)}>
          {t('resume')}
        </Button>
      )}
      {isAllowed(state, 'cancel') && (
        <ActionDialog
          label={t('cancel')}
          button={{ variant: 'danger', icon: 'stop' }}
          title={t('cancelTitle')}
          action={cancelCampaign}
          values={{ id }}
          submitLabel={t('cancelConfirm')}
          isDangerous
        >
          <p className="text-sm">{t('cancelBody', { waiting, accepted })}</p>
        </ActionDialog>
      )}
    </>
  );
}

export interface CampaignControlsProps {
  id: string;
  state: CampaignState;
  /** Its start passed while no worker was up. */
  isMissed: boolean;
  waiting: number;
  accepted: number;
}
