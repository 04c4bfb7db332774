'use client';
import { releaseVerdict } from '@hikyaku/audience';
import type { MemberRole, SuppressionReason } from '@hikyaku/contracts';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormTextarea } from '#shell/form-fields.tsx';
import { release } from '../actions/release.ts';

/** Releases one entry with a reason; shown only to those who may. */
export function ReleaseDialog({ entry, role }: ReleaseDialogProps) {
  const t = useTranslations('suppressions');
  const verdict = releaseVerdict(entry.reason, role);
  if (verdict === 'forbidden') return null;
  return (
    <ActionDialog
      label={t('release')}
      button={{ size: 'sm', 'aria-label': t('releaseOf', { email: entry.email }) }}
      title={t('releaseTitle')}
      action={release}
      values={{ suppressionId: entry.id }}
      submitLabel={t('release')}
    >
      <p>{t('releaseText', { email: entry.email })}</p>
      <FormTextarea
        name="reason"
        rows={2}
        autoFocus
        field={{
          label: t('releaseReason'),
          hint: t(verdict === 'consent' ? 'releaseConsent' : 'releaseHint'),
          isRequired: true,
        }}
      />
    </ActionDialog>
  );
}

export interface ReleaseDialogProps {
  entry: { id: string; email: string; reason: SuppressionReason };
  role: MemberRole;
}
