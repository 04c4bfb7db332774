'use client';
/** The fields of a template, and the menu that puts a merge field where the cursor stands. */
import { Field, Input, Textarea, TextField } from '@hikyaku/ui';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import type { EditorOptions } from '../queries/editor-options.ts';
import { FieldMenu } from './field-menu.tsx';
import type { Draft } from './template-editor.tsx';

export function ContentFields(props: ContentFieldsProps) {
  const { content, onChange, part, onPart, areas, isDisabled } = props;
  const t = useTranslations('templates.editor');
  const [target, setTarget] = useState<Part>('html');
  const set = (key: keyof Draft) => (event: { target: { value: string } }) =>
    onChange({ ...content, [key]: event.target.value });

  const insert = (field: string) => {
    const area = areas.current[target];
    const at = area?.selectionStart ?? content[target].length;
    const until = area?.selectionEnd ?? at;
    const tag = `{{ ${field} }}`;
    onChange({
      ...content,
      [target]: content[target].slice(0, at) + tag + content[target].slice(until),
    });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + tag.length, at + tag.length);
    });
  };

  return (
    <div className="flex flex-col gap-4">
      <TextField
        field={{ label: t('name'), hint: t('nameHint'), isRequired: true }}
        value={content.name}
        onChange={set('name')}
        maxLength={200}
        disabled={isDisabled}
      />
      <Field label={t('subject')} isRequired>
        {(tie) => (
          <Input
            {...tie}
            ref={(element) => {
              areas.current.subject = element;
            }}
            value={content.subject}
            onChange={set('subject')}
            onFocus={() => setTarget('subject')}
            disabled={isDisabled}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div role="tablist" aria-label={t('parts')} className="flex gap-1">
          {BODIES.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={part === name}
              aria-controls={`panel-${name}`}
              onClick={() => {
                onPart(name);
                setTarget(name);
              }}
              className={clsx(
                'min-h-8 cursor-pointer rounded-lg px-3 text-sm',
                part === name ? 'bg-accent-soft font-medium text-accent-ink' : 'text-ink-muted',
              )}
            >
              {t(name)}
            </button>
          ))}
        </div>
        {!isDisabled && (
          <FieldMenu
            lists={props.options.lists}
            listId={props.listId}
            target={t(target)}
            onPick={insert}
          />
        )}
      </div>
      {BODIES.map((name) => (
        <div
          key={name}
          role="tabpanel"
          id={`panel-${name}`}
          aria-labelledby={`tab-${name}`}
          hidden={part !== name}
        >
          <Textarea
            isCode
            rows={20}
            aria-label={t(name)}
            ref={(element) => {
              areas.current[name] = element;
            }}
            value={content[name]}
            onChange={set(name)}
            onFocus={() => setTarget(name)}
            disabled={isDisabled}
          />
          <p className="mt-1.5 text-[0.8125rem] text-ink-muted">{t(`${name}Hint`)}</p>
        </div>
      ))}
      <p className="text-[0.8125rem] text-ink-muted">{t('unsubscribeNote')}</p>
    </div>
  );
}

const BODIES = ['html', 'text'] as const;

export type Part = 'subject' | 'html' | 'text';
export interface ContentFieldsProps {
  content: Draft;
  onChange: (content: Draft) => void;
  part: Part;
  onPart: (part: Part) => void;
  areas: RefObject<Partial<Record<Part, HTMLTextAreaElement | HTMLInputElement | null>>>;
  options: EditorOptions;
  listId: string | null;
  isDisabled: boolean;
}
