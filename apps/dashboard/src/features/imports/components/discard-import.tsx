'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { cancelImport } from '../actions/cancel-import.ts';

/** Throws the upload away. Stands outside the form of the columns: a form cannot hold another. */
export function DiscardImport({ importId, back }: { importId: string; back: string }) {
  const t = useTranslations('imports');
  const router = useRouter();
  return (
    <ActionDialog
      label={t('discard')}
      title={t('discardTitle')}
      action={cancelImport}
      values={{ importId }}
      onDone={() => router.push(back)}
      submitLabel={t('discard')}
      isDangerous
    >
      <p>{t('discardText')}</p>
    </ActionDialog>
  );
}
