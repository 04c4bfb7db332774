'use client';
/** Makes a draft and goes to it. */
import { Button } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { useErrorText } from '#shell/error-text.ts';
import { useHydrated } from '#shell/form.tsx';
import { createCampaign } from '../actions/create-campaign.ts';

export function NewCampaignButton() {
  const t = useTranslations('campaigns');
  const router = useRouter();
  const errorText = useErrorText();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <span className="flex flex-wrap items-center gap-3">
      {failure && (
        <span role="alert" className="text-sm text-bad-ink">
          {failure}
        </span>
      )}
      <Button
        variant="primary"
        icon="plus"
        isPending={isPending}
        disabled={!isReady}
        onClick={() =>
          start(async () => {
            const outcome = await createCampaign({ name: '' }).catch(() => null);
            if (outcome?.ok) router.push(`/campaigns/${outcome.data.id}/edit`);
            else setFailure(errorText(outcome?.code ?? 'SERVER_UNREACHABLE'));
          })
        }
      >
        {t('new')}
      </Button>
    </span>
  );
}
