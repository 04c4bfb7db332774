'use client';
/** The last step: says what will happen, asks once, and schedules what is on the screen. */
import { Alert, Button, Dialog } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { STYLES } from '#format/time.tsx';
import { useErrorText } from '#shell/error-text.ts';
import { useHydrated } from '#shell/form.tsx';
import { scheduleCampaign } from '../actions/schedule-campaign.ts';
import { type DraftForm, readDraft } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';

export function ScheduleButton({ id, form, check, isSaving }: ScheduleButtonProps) {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  const errorText = useErrorText();
  const router = useRouter();
  const isReady = useHydrated();
  const [isOpen, setOpen] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, startPending] = useTransition();
  const blockers = check.items.filter(({ level }) => level === 'blocker').length;
  const isUnnamed = form.name.trim() === '';
  const { start } = readDraft(form, 0);
  const count = check.exclusions.recipients;

  const confirm = () =>
    startPending(async () => {
      const outcome = await scheduleCampaign({ id, form }).catch(() => null);
      if (outcome?.ok) return router.push(`/campaigns/${id}`);
      setOpen(false);
      setFailure(errorText(outcome?.code ?? 'SERVER_UNREACHABLE', outcome?.params));
    });

  return (
    <div className="flex flex-col gap-3">
      {failure && <Alert tone="bad">{failure}</Alert>}
      <Button
        variant="primary"
        className="w-full"
        disabled={!isReady || isSaving || blockers > 0 || isUnnamed}
        aria-describedby="schedule-note"
        onClick={() => {
          setFailure(null);
          setOpen(true);
        }}
      >
        {form.startMode === 'now' ? t('schedule.buttonNow') : t('schedule.button')}
      </Button>
      <p id="schedule-note" className="px-1 text-[0.8125rem] text-ink-muted">
        {isUnnamed
          ? t('errors.CAMPAIGN_NAME_EMPTY')
          : blockers > 0
            ? t('checklist.blocked', { count: blockers })
            : t('checklist.ready')}
      </p>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={
          start.kind === 'now'
            ? t('schedule.titleNow', { count })
            : t('schedule.titleAt', { count })
        }
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t('schedule.back')}</Button>
            <Button variant="primary" isPending={isPending} onClick={confirm}>
              {isPending ? t('schedule.working') : t('schedule.confirm')}
            </Button>
          </>
        }
      >
        {start.kind === 'at'
          ? t('schedule.bodyAt', {
              time: `${format.dateTime(start.atMs, { ...STYLES.full, timeZone: form.zone })} (${form.zone})`,
            })
          : t('schedule.bodyNow')}
      </Dialog>
    </div>
  );
}

export interface ScheduleButtonProps {
  id: string;
  form: DraftForm;
  check: CampaignCheck;
  isSaving: boolean;
}
