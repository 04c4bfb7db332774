'use client';
/** The editor: name, subject, HTML and text beside a preview that follows what is typed. Plain text areas, on purpose. */
import type { DeliveryMode } from '@hikyaku/campaigns';
import { Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { EditorOptions } from '../queries/editor-options.ts';
import type { TemplateDetail } from '../queries/get-template.ts';
import { ContentFields, type Part } from './content-fields.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { ProblemList } from './problem-list.tsx';
import { SaveBar } from './save-bar.tsx';
import { TestSend } from './test-send.tsx';
import { usePreview } from './use-preview.ts';

/** `template` with an id of null is a new one. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { template, options, mayEdit, ownEmail, firstMode } = props;
  const t = useTranslations('templates');
  const [content, setContent] = useState(template);
  const [saved, setSaved] = useState(template);
  const [part, setPart] = useState<Part>('html');
  const [listId, setListId] = useState(options.lists[0]?.id ?? null);
  const [recipientId, setRecipientId] = useState<string | null>(null);
  const [mode, setMode] = useState(firstMode ?? 'one_to_one');
  const areas = useRef<Partial<Record<Part, HTMLTextAreaElement | HTMLInputElement | null>>>({});
  const preview = usePreview(content, { listId, recipientId, mode });
  const isDirty = KEYS.some((key) => content[key] !== saved[key]);
  const list = options.lists.find(({ id }) => id === listId) ?? null;

  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        {!mayEdit && <p className="text-sm text-ink-muted">{t('editor.readOnly')}</p>}
        <Card>
          <ContentFields
            content={content}
            onChange={setContent}
            part={part}
            onPart={setPart}
            areas={areas}
            options={options}
            listId={listId}
            isDisabled={!mayEdit}
          />
        </Card>
        <ProblemList
          errors={preview.errors}
          onGo={(error) => {
            if (error.part !== 'subject') setPart(error.part);
            requestAnimationFrame(() => goToLine(areas.current[error.part], error.line));
          }}
        />
        {mayEdit && (
          <SaveBar
            content={content}
            isDirty={isDirty}
            onSaved={(id) => {
              const now = { ...content, id };
              setSaved(now);
              setContent(now);
            }}
          />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <PreviewPanel
          state={preview}
          lists={options.lists}
          list={list}
          onList={(id) => {
            setListId(id);
            setRecipientId(null);
          }}
          onPerson={setRecipientId}
          mode={mode}
          onMode={setMode}
        />
        {mayEdit && content.id && (
          <TestSend
            templateId={content.id}
            isDirty={isDirty}
            options={options}
            ownEmail={ownEmail}
            listId={listId}
            recipientId={preview.person?.id ?? null}
            mode={mode}
            isRefused={mode === 'bulk' && preview.recipientFields.length > 0}
          />
        )}
      </div>
    </div>
  );
}

function goToLine(area: HTMLTextAreaElement | HTMLInputElement | null | undefined, line: number) {
  if (!area) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}

const KEYS = ['name', 'subject', 'html', 'text'] as const;

export type Draft = Omit<TemplateDetail, 'id'> & { id: string | null };
export interface TemplateEditorProps {
  template: Draft;
  options: EditorOptions;
  mayEdit: boolean;
  ownEmail: string;
  /** Of the preview; one_to_one when absent. */
  firstMode?: DeliveryMode;
}
