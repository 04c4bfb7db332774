/** One bar for a whole: parts stacked in order, each with its name, its number and a link to the people it counts. */
import clsx from 'clsx';
import Link from 'next/link';
import { SOLID, type Tone } from './tone.ts';

/**
 * `total` is what the full width stands for. The bar is an image with a text that lists all parts; `hasLegend` adds
 * the same list to see and to click. `format` turns a number into text.
 */
export function ProgressBar({ label, parts, total, hasLegend, format, size }: ProgressBarProps) {
  const shown = parts.filter((part) => part.value > 0);
  return (
    <div>
      <div
        role="img"
        aria-label={`${label}: ${shown.map((part) => `${part.label} ${format(part.value)}`).join(', ')}`}
        className={clsx(
          'flex w-full gap-px overflow-hidden rounded-full bg-sunken',
          size === 'sm' ? 'h-2' : 'h-3.5',
        )}
      >
        {total > 0 &&
          shown.map((part) => (
            <span
              key={part.key}
              title={`${part.label} ${format(part.value)}`}
              // A part of a few among thousands must still be seen.
              style={{ width: `${(part.value / total) * 100}%`, minWidth: '3px' }}
              className={clsx(
                'h-full motion-safe:transition-[width] duration-700',
                SOLID[part.tone],
              )}
            />
          ))}
      </div>
      {hasLegend && (
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
          {parts.map((part) => (
            <li key={part.key} className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className={clsx('size-2.5 shrink-0 rounded-[3px]', SOLID[part.tone])}
              />
              <LegendText part={part} format={format} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function LegendText({ part, format }: { part: ProgressPart; format: Format }) {
  const text = (
    <>
      <span className="text-ink-muted">{part.label}</span>{' '}
      <span className="font-medium tabular-nums">{format(part.value)}</span>
    </>
  );
  if (!part.href) return <span>{text}</span>;
  return (
    <Link href={part.href} className="rounded-sm hover:underline">
      {text}
    </Link>
  );
}

type Format = (value: number) => string;
export type ProgressPart = {
  key: string;
  label: string;
  value: number;
  tone: Tone;
  href?: string;
};
export type ProgressBarProps = {
  label: string;
  parts: readonly ProgressPart[];
  total: number;
  format: Format;
  hasLegend?: boolean;
  size?: 'sm' | 'md';
};
