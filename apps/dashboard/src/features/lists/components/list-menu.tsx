'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { deleteList } from '../actions/delete-list.ts';
import { renameList } from '../actions/rename-list.ts';

/** Renames or deletes a list. */
export function ListMenu({ listId, name, canDelete }: ListMenuProps) {
  const t = useTranslations('lists');
  const router = useRouter();
  return (
    <>
      <ActionDialog
        label={t('rename')}
        title={t('renameTitle')}
        action={renameList}
        values={{ listId }}
        submitLabel={t('save')}
      >
        <FormText name="name" field={{ label: t('name') }} defaultValue={name} autoFocus />
      </ActionDialog>
      {canDelete && (
        <ActionDialog
          label={t('delete')}
          button={{ variant: 'danger' }}
          title={t('deleteTitle', { name })}
          action={deleteList}
          values={{ listId }}
          onDone={() => router.push('/lists')}
          submitLabel={t('delete')}
          isDangerous
        >
          <p>{t('deleteText')}</p>
        </ActionDialog>
      )}
    </>
  );
}

export interface ListMenuProps {
  listId: string;
  name: string;
  canDelete: boolean;
}
