'use client';
/** The message as one person would see it: choose a list, a person and a width. */
import type { DeliveryMode } from '@hikyaku/campaigns';
import { Alert, Card, Select } from '@hikyaku/ui';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#shell/error-text.ts';
import type { EditorList } from '../queries/editor-options.ts';
import { PersonPicker } from './person-picker.tsx';
import { PreviewFrame } from './preview-frame.tsx';
import { Segments } from './segments.tsx';
import { SizeNote } from './size-note.tsx';
import type { PreviewState } from './use-preview.ts';

export function PreviewPanel(props: PreviewPanelProps) {
  const { state, lists, list, onList, onPerson, mode, onMode } = props;
  const t = useTranslations('templates.preview');
  const [view, setView] = useState<View>('desktop');
  const { preview, errors, person, recipientFields, isLoading, failure } = state;
  const errorText = useErrorText();
  const missing = preview?.undefinedFields ?? [];
  const example = `{{ ${missing[0]} | default: "…" }}`;
  return (
    <Card
      title={t('title')}
      actions={
        <Segments
          legend={t('width')}
          options={VIEWS.map((name) => ({ value: name, label: t(name) }))}
          value={view}
          onChange={setView}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <Segments
          legend={t('mode')}
          options={[
            { value: 'one_to_one', label: t('oneToOne') },
            { value: 'bulk', label: t('bulk') },
          ]}
          value={mode}
          onChange={onMode}
        />
        {mode === 'bulk' ? (
          <BulkNote fields={recipientFields} />
        ) : (
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
        )}
        {mode === 'one_to_one' && list?.recipients === 0 && (
          <p className="text-sm text-ink-muted">{t('noPeople')}</p>
        )}
        {failure && <Alert tone="bad">{errorText(failure)}</Alert>}
        {missing.length > 0 && (
          <Alert tone="warn" title={t('undefinedTitle')}>
            {t('undefinedBody', { fields: missing.join(', '), example })}
          </Alert>
        )}
        {errors.length > 0 && <p className="text-sm text-ink-muted">{t('stale')}</p>}
        {/* Nothing is shown that would not be sent. */}
        {!(mode === 'bulk' && recipientFields.length > 0) && (
          <ShownMessage preview={preview} view={view} isLoading={isLoading} />
        )}
        {preview && <SizeNote sizeBytes={preview.sizeBytes} list={list} mode={mode} />}
      </div>
    </Card>
  );
}

function ShownMessage({ preview, view, isLoading }: ShownMessageProps) {
  const t = useTranslations('templates.preview');
  return (
    <>
      <div aria-busy={isLoading} className={clsx('transition-opacity', isLoading && 'opacity-70')}>
        <dl className="mb-2 grid grid-cols-[auto_1fr] items-baseline gap-x-2 gap-y-0.5 rounded-lg bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]">
          {preview?.to && (
            <>
              <dt className="text-xs text-ink-muted">{t('to')}</dt>
              <dd>{preview.to}</dd>
            </>
          )}
          <dt className="text-xs text-ink-muted">{t('subject')}</dt>
          <dd className="font-medium">{preview?.subject}</dd>
        </dl>
        <PreviewFrame preview={preview} view={view} />
      </div>
      <p className="text-xs text-ink-muted">{t('images')}</p>
    </>
  );
}

/** What a message for many is, or the fields that keep this one from being sent so. */
function BulkNote({ fields }: { fields: readonly string[] }) {
  const t = useTranslations('templates.preview');
  if (fields.length === 0) return <p className="text-sm text-ink-muted">{t('bulkNote')}</p>;
  return (
    <Alert tone="warn" title={t('bulkRefusedTitle')}>
      {t('bulkRefused', { fields: fields.join(', ') })}
    </Alert>
  );
}

const VIEWS = ['desktop', 'phone', 'textPart'] as const;

export type View = (typeof VIEWS)[number];
interface ShownMessageProps {
  preview: PreviewState['preview'];
  view: View;
  isLoading: boolean;
}
export interface PreviewPanelProps {
  state: PreviewState;
  lists: readonly EditorList[];
  list: EditorList | null;
  onList: (id: string | null) => void;
  onPerson: (id: string) => void;
  mode: DeliveryMode;
  onMode: (mode: DeliveryMode) => void;
}
