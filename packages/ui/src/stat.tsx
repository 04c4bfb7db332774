/** A number with its name. With `href` the whole of it opens the people that it counts. */
import clsx from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { SOLID, type Tone } from './tone.ts';

export function Stat({ label, value, note, href, tone }: StatProps) {
  const body = (
    <>
      <span className="flex items-baseline gap-1.5 text-[0.8125rem] text-ink-muted">
        {tone && (
          <span
            aria-hidden="true"
            className={clsx('size-2.5 shrink-0 rounded-[3px]', SOLID[tone])}
          />
        )}
        <span className="min-w-0">{label}</span>
      </span>
      <span className="mt-0.5 block text-2xl leading-tight font-semibold tracking-tight tabular-nums">
        {value}
      </span>
      {note && <span className="mt-1 block text-xs text-ink-muted">{note}</span>}
    </>
  );
  const look = 'block min-w-0 rounded-card border border-line bg-surface px-4 py-3 shadow-card';
  if (!href) return <div className={look}>{body}</div>;
  return (
    <Link href={href} className={clsx(look, 'transition-colors hover:bg-ground')}>
      {body}
    </Link>
  );
}

/** Lays `Stat`s in a grid that fits the width. */
export function StatGrid({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">{children}</div>;
}

export type StatProps = {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  href?: string;
  tone?: Tone;
};
