/** Check boxes and radio buttons with their label as the target. */
import clsx from 'clsx';
import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" />;
}

export function Radio(props: ChoiceProps) {
  return <Choice {...props} type="radio" />;
}

/** Groups choices under one question. `isInline` lays them in a row that wraps. */
export function ChoiceGroup({ legend, hint, error, isInline, children }: ChoiceGroupProps) {
  const id = useId();
  return (
    <fieldset
      className="min-w-0"
      aria-describedby={error || hint ? `${id}-note` : undefined}
      aria-invalid={error ? true : undefined}
    >
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className={clsx('flex gap-x-4 gap-y-2', isInline ? 'flex-wrap' : 'flex-col')}>
        {children}
      </div>
      {(error || hint) && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={clsx('mt-1.5 text-[0.8125rem]', error ? 'text-bad-ink' : 'text-ink-muted')}
        >
          {error ?? hint}
        </p>
      )}
    </fieldset>
  );
}

function Choice({ label, hint, className, ...rest }: ChoiceProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={clsx('flex cursor-pointer items-start gap-2 text-sm', className)}
    >
      <input
        {...rest}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-[0.3em] size-4 shrink-0 accent-accent"
      />
      <span>
        {label}
        {hint && (
          <span id={`${id}-hint`} className="block text-[0.8125rem] text-ink-muted">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

export type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & {
  label: ReactNode;
  hint?: ReactNode;
};
export type ChoiceGroupProps = {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  isInline?: boolean;
  children: ReactNode;
};
