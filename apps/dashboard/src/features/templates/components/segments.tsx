'use client';
/** A few choices side by side, of which one is pressed. */
import clsx from 'clsx';

export function Segments<T extends string>({ legend, options, value, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className="flex w-fit rounded-lg border border-line-strong p-0.5">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={value === option.value}
          onClick={() => onChange(option.value)}
          className={clsx(
            'min-h-7 cursor-pointer rounded-md px-2.5 text-[0.8125rem]',
            value === option.value
              ? 'bg-accent-soft font-medium text-accent-ink'
              : 'text-ink-muted',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

export interface SegmentsProps<T extends string> {
  /** For screen readers. */
  legend: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}
