'use client';
/** The fields of packages/ui inside an ActionForm: each shows what the server found wrong with it. */
import { SelectField, TextareaField, TextField } from '@hikyaku/ui';
import type { ComponentProps } from 'react';
import { useFieldError } from './form.tsx';

export function FormText(props: ComponentProps<typeof TextField> & { name: string }) {
  const error = useFieldError(props.name);
  return <TextField {...props} field={{ ...props.field, error: error ?? props.field.error }} />;
}

export function FormSelect(props: ComponentProps<typeof SelectField> & { name: string }) {
  const error = useFieldError(props.name);
  return <SelectField {...props} field={{ ...props.field, error: error ?? props.field.error }} />;
}

export function FormTextarea(props: ComponentProps<typeof TextareaField> & { name: string }) {
  const error = useFieldError(props.name);
  return <TextareaField {...props} field={{ ...props.field, error: error ?? props.field.error }} />;
}
