'use client';
/** Which column holds the address, which become fields, and what templates call them. */
import { type Column, type ColumnGuess, fieldKey } from '@hikyaku/audience';
import type { ImportFormat } from '@hikyaku/contracts';
import { Card, Checkbox, Input, LinkButton, SelectField } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ActionForm, SubmitButton } from '#shell/form.tsx';
import { startImport } from '../actions/start-import.ts';

export function MappingForm(props: MappingFormProps) {
  const { header, samples, guess, kind } = props;
  const t = useTranslations('imports');
  const [emailIndex, setEmailIndex] = useState(guess.emailIndex ?? 0);
  const [fields, setFields] = useState(() => firstFields(header, guess));
  const change = (index: number, part: Partial<FieldChoice>) =>
    setFields((all) => all.map((field) => (field.index === index ? { ...field, ...part } : field)));
  const nameOf = (index: number) => header[index]?.trim() || t('noName', { number: index + 1 });
  const others = fields.filter((field) => field.index !== emailIndex);
  const columns: Column[] = others
    .filter((field) => field.isKept)
    .map(({ index, key }) => ({ index, key, label: nameOf(index).slice(0, 200) }));
  const sampleOf = (index: number) =>
    samples
      .map((row) => row[index]?.trim())
      .filter(Boolean)
      .join(' · ');

  return (
    <ActionForm
      action={startImport}
      values={{
        importId: props.importId,
        format: props.format,
        mapping: { emailIndex, columns: kind === 'recipients' ? columns : [] },
      }}
      className="flex flex-col gap-5"
    >
      <Card title={t('columnsTitle')} description={t(`columnsText.${kind}`)}>
        <SelectField
          field={{ label: t('addressColumn'), hint: sampleOf(emailIndex), className: 'max-w-md' }}
          value={emailIndex}
          onChange={(event) => setEmailIndex(Number(event.target.value))}
        >
          {header.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name that is unique
            <option key={index} value={index}>
              {nameOf(index)}
            </option>
          ))}
        </SelectField>
        {kind === 'recipients' && others.length > 0 && (
          <ul className="mt-5 flex flex-col divide-y divide-line border-t border-line">
            {others.map((field) => (
              <FieldRow
                key={field.index}
                field={field}
                name={nameOf(field.index)}
                sample={sampleOf(field.index)}
                onChange={(part) => change(field.index, part)}
              />
            ))}
          </ul>
        )}
      </Card>
      {props.canChange ? (
        <div>
          <SubmitButton icon="play">{t('start')}</SubmitButton>
        </div>
      ) : (
        <div>
          <LinkButton href={props.back}>{t('back')}</LinkButton>
        </div>
      )}
    </ActionForm>
  );
}

function FieldRow({ field, name, sample, onChange }: FieldRowProps) {
  const t = useTranslations('imports');
  const id = useId();
  return (
    <li className="grid items-center gap-x-5 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <Checkbox
        label={name}
        hint={sample || t('noSample')}
        checked={field.isKept}
        onChange={(event) => onChange({ isKept: event.target.checked })}
      />
      {field.isKept ? (
        <div className="flex items-center gap-2">
          <label htmlFor={id} className="shrink-0 text-xs text-ink-muted">
            {t('fieldName')}
          </label>
          <Input
            id={id}
            value={field.key}
            className="font-mono text-[0.8125rem]"
            onChange={(event) => onChange({ key: event.target.value })}
            // What a template can name is decided when the typing is over, so as not to disturb an input method.
            onBlur={() => onChange({ key: fieldKey(field.key, field.index + 1) })}
          />
        </div>
      ) : (
        <span className="text-[0.8125rem] text-ink-muted">{t('skipped')}</span>
      )}
    </li>
  );
}

function firstFields(header: string[], guess: ColumnGuess): FieldChoice[] {
  const guessed = new Map(guess.columns.map((column) => [column.index, column.key]));
  return header.map((name, index) => ({
    index,
    key: guessed.get(index) ?? fieldKey(name, index + 1),
    isKept: guessed.has(index),
  }));
}

interface FieldChoice {
  index: number;
  key: string;
  isKept: boolean;
}

interface FieldRowProps {
  field: FieldChoice;
  name: string;
  sample: string;
  onChange: (part: Partial<FieldChoice>) => void;
}

export interface MappingFormProps {
  importId: string;
  kind: 'recipients' | 'suppressions';
  format: ImportFormat;
  header: string[];
  samples: string[][];
  guess: ColumnGuess;
  back: string;
  canChange: boolean;
}
