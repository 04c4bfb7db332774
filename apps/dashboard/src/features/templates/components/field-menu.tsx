'use client';
/** Picks a merge field: those of the chosen list first, then the ones that every message has. */
import { useTranslations } from 'next-intl';
import type { EditorList } from '../queries/editor-options.ts';

/** A native select that acts at once and returns to its label: it works with every keyboard and reader. */
export function FieldMenu({ lists, listId, target, onPick }: FieldMenuProps) {
  const t = useTranslations('templates.editor');
  const shown = [...lists].sort((a, b) => Number(b.id === listId) - Number(a.id === listId));
  return (
    <select
      aria-label={t('insertField')}
      title={t('insertInto', { part: target })}
      value=""
      onChange={(event) => onPick(event.target.value)}
      className="min-h-8 max-w-48 cursor-pointer rounded-lg border border-line-strong bg-surface px-2 text-[0.8125rem]"
    >
      <option value="">{`＋ ${t('insertField')}`}</option>
      {shown.slice(0, 5).map((list) => (
        <optgroup key={list.id} label={t('fieldsOfList', { list: list.name })}>
          {list.fields.map((field) => (
            <option key={field.key} value={field.key}>
              {field.label === field.key ? field.key : `${field.label} (${field.key})`}
            </option>
          ))}
        </optgroup>
      ))}
      <optgroup label={t('fieldsAlways')}>
        <option value="email">{t('fieldEmail')}</option>
        <option value="unsubscribe_url">{t('fieldUnsubscribe')}</option>
      </optgroup>
    </select>
  );
}

export interface FieldMenuProps {
  lists: readonly EditorList[];
  listId: string | null;
  /** The name of the part that it goes into. */
  target: string;
  onPick: (field: string) => void;
}
