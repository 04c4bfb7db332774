'use client';
/** Deletes a draft after asking. */
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { deleteDraft } from '../actions/delete-draft.ts';

export function DeleteDraft({ id }: { id: string }) {
  const t = useTranslations('campaigns.compose');
  const router = useRouter();
  return (
    <ActionDialog
      label={t('delete')}
      button={{ variant: 'danger', size: 'sm' }}
      title={t('deleteTitle')}
      action={deleteDraft}
      values={{ id }}
      submitLabel={t('delete')}
      isDangerous
      onDone={() => router.push('/campaigns')}
    >
      <p className="text-sm">{t('deleteBody')}</p>
    </ActionDialog>
  );
}
