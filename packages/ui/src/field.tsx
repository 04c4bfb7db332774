/** A labelled form control with a hint and an error that assistive technology reads out. */
import clsx from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

/**
 * Label, hint and error around one control. `children` may be a function, which gets the attributes that tie the
 * control to them; `TextField`, `SelectField` and `TextareaField` do so already.
 */
export function Field({ label, hint, error, isRequired, mark, className, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  const tie: FieldTie = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': error ? true : undefined,
    'aria-required': isRequired || undefined,
  };
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
        {mark && <span className="ml-2 text-xs font-normal text-ink-muted">{mark}</span>}
      </label>
      {typeof children === 'function' ? children(tie) : children}
      {error && (
        <p id={errorId} className="text-sm text-bad-ink" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-[0.8125rem] text-ink-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={clsx(CONTROL, 'min-h-10', className)} />;
}

export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select {...rest} className={clsx(CONTROL, 'min-h-10 pr-8', className)}>
      {children}
    </select>
  );
}

/** `isCode` sets it in a monospaced face without spell checking. */
export function Textarea({ className, isCode, ...rest }: TextareaProps) {
  return (
    <textarea
      spellCheck={!isCode}
      {...rest}
      className={clsx(
        CONTROL,
        'py-2 leading-relaxed',
        isCode && 'font-mono text-[0.8125rem]',
        className,
      )}
    />
  );
}

export function TextField({ field, ...rest }: WithField<ComponentProps<'input'>>) {
  return <Field {...field}>{(tie) => <Input {...rest} {...tie} />}</Field>;
}

export function SelectField({ field, ...rest }: WithField<ComponentProps<'select'>>) {
  return <Field {...field}>{(tie) => <Select {...rest} {...tie} />}</Field>;
}

export function TextareaField({ field, ...rest }: WithField<TextareaProps>) {
  return <Field {...field}>{(tie) => <Textarea {...rest} {...tie} />}</Field>;
}

const CONTROL =
  'w-full rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-ink-faint ' +
  'focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent ' +
  'aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-muted';

export type FieldTie = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
};
export type FieldLook = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  isRequired?: boolean;
  /** A small remark beside the label, such as "optional". */
  mark?: ReactNode;
  className?: string;
};
export type FieldProps = FieldLook & { children: ReactNode | ((tie: FieldTie) => ReactNode) };
export type TextareaProps = ComponentProps<'textarea'> & { isCode?: boolean };
type WithField<Rest> = Omit<Rest, 'id'> & { field: FieldLook };
