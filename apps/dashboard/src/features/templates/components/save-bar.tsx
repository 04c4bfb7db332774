'use client';
/** Saves with the button or Ctrl+S, says whether something is unsaved, and guards against leaving with it. */
import { Alert, Button } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { useErrorText } from '#shell/error-text.ts';
import { useHydrated } from '#shell/form.tsx';
import { deleteTemplate } from '../actions/delete-template.ts';
import { saveTemplate } from '../actions/save-template.ts';
import type { Draft } from './template-editor.tsx';

export function SaveBar({ content, isDirty, onSaved }: SaveBarProps) {
  const t = useTranslations('templates.editor');
  const errorText = useErrorText();
  const router = useRouter();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  const [message, setMessage] = useState<{ code: string } | 'saved' | null>(null);

  const save = () =>
    start(async () => {
      const outcome = await saveTemplate(content).catch(() => null);
      if (!outcome?.ok) return setMessage({ code: outcome?.code ?? 'SERVER_UNREACHABLE' });
      setMessage('saved');
      onSaved(outcome.data.id);
      // The address of a new template, without leaving what is being edited.
      if (!content.id) window.history.replaceState(null, '', `/templates/${outcome.data.id}`);
    });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      if (!isPending) save();
    };
    const onLeave = (event: BeforeUnloadEvent) => isDirty && event.preventDefault();
    window.addEventListener('keydown', onKey);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('beforeunload', onLeave);
    };
  });

  return (
    <div className="flex flex-col gap-3">
      {message && message !== 'saved' && <Alert tone="bad">{errorText(message.code)}</Alert>}
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" isPending={isPending} disabled={!isReady} onClick={save}>
          {t('save')}
        </Button>
        <p role="status" className="text-sm text-ink-muted">
          {isPending ? t('saving') : isDirty ? t('unsaved') : message === 'saved' ? t('saved') : ''}
        </p>
        {content.id && (
          <span className="ml-auto">
            <ActionDialog
              label={t('delete')}
              button={{ variant: 'danger' }}
              title={t('deleteTitle', { name: content.name })}
              action={deleteTemplate}
              values={{ id: content.id }}
              submitLabel={t('delete')}
              isDangerous
              onDone={() => router.push('/templates')}
            >
              <p className="text-sm">{t('deleteBody')}</p>
            </ActionDialog>
          </span>
        )}
      </div>
    </div>
  );
}

export interface SaveBarProps {
  content: Draft;
  isDirty: boolean;
  onSaved: (id: string) => void;
}
