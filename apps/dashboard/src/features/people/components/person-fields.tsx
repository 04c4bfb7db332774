'use client';
import { FormText, FormTextarea } from '#shell/form-fields.tsx';
import type { PersonColumn } from '../person.ts';

/** One input per column of the list; what has line breaks gets an area. */
export function PersonFields({ columns, values }: PersonFieldsProps) {
  return columns.map(({ key, label }) => {
    const value = values[key] ?? '';
    const props = {
      name: `field:${key}`,
      defaultValue: value,
      field: { label: label || key, mark: <span className="font-mono">{key}</span> },
    };
    return value.includes('\n') ? (
      <FormTextarea key={key} rows={3} {...props} />
    ) : (
      <FormText key={key} {...props} />
    );
  });
}

export interface PersonFieldsProps {
  columns: readonly PersonColumn[];
  values: Record<string, string>;
}
