'use client';
/** The message as one person would see it: choose a list, a person and a width. */
import { Alert, Card, Select } from '@hikyaku/ui';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#shell/error-text.ts';
import type { EditorList } from '../queries/editor-options.ts';
import { PersonPicker } from './person-picker.tsx';
import { PreviewFrame } from './preview-frame.tsx';
import { SizeNote } from './size-note.tsx';
import type { PreviewState } from './use-preview.ts';

export function PreviewPanel({ state, lists, list, onList, onPerson }: PreviewPanelProps) {
  const t = useTranslations('templates.preview');
  const [view, setView] = useState<View>('desktop');
  const { preview, errors, person, isLoading, failure } = state;
  const errorText = useErrorText();
  const missing = preview?.undefinedFields ?? [];
  const example = `{{ ${missing[0]} | default: "…" }}`;
  return (
    <Card
      title={t('title')}
      actions={
        <fieldset className="flex rounded-lg border border-line-strong p-0.5">
          <legend className="sr-only">{t('width')}</legend>
          {VIEWS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={view === name}
              onClick={() => setView(name)}
              className={clsx(
                'min-h-7 cursor-pointer rounded-md px-2.5 text-[0.8125rem]',
                view === name ? 'bg-accent-soft font-medium text-accent-ink' : 'text-ink-muted',
              )}
            >
              {t(name)}
            </button>
          ))}
        </fieldset>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Select
            aria-label={t('list')}
            value={list?.id ?? ''}
            onChange={(event) => onList(event.target.value || null)}
          >
            <option value="">{t('anyone')}</option>
            {lists.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          {list && (
            <PersonPicker key={list.id} listId={list.id} person={person} onPick={onPerson} />
          )}
        </div>
        {list?.recipients === 0 && <p className="text-sm text-ink-muted">{t('noPeople')}</p>}
        {failure && <Alert tone="bad">{errorText(failure)}</Alert>}
        {missing.length > 0 && (
          <Alert tone="warn" title={t('undefinedTitle')}>
            {t('undefinedBody', { fields: missing.join(', '), example })}
          </Alert>
        )}
        {errors.length > 0 && <p className="text-sm text-ink-muted">{t('stale')}</p>}
        <div
          aria-busy={isLoading}
          className={clsx('transition-opacity', isLoading && 'opacity-70')}
        >
          <p className="mb-2 rounded-lg bg-sunken px-3 py-2 text-sm">
            <span className="mr-2 text-xs text-ink-muted">{t('subject')}</span>
            <span className="font-medium [overflow-wrap:anywhere]">{preview?.subject}</span>
          </p>
          <PreviewFrame preview={preview} view={view} />
        </div>
        <p className="text-xs text-ink-muted">{t('images')}</p>
        {preview && <SizeNote sizeBytes={preview.sizeBytes} list={list} />}
      </div>
    </Card>
  );
}

const VIEWS = ['desktop', 'phone', 'textPart'] as const;

export type View = (typeof VIEWS)[number];
export interface PreviewPanelProps {
  state: PreviewState;
  lists: readonly EditorList[];
  list: EditorList | null;
  onList: (id: string | null) => void;
  onPerson: (id: string) => void;
}
