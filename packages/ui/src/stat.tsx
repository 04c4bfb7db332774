/** A number with its name. With `href` the whole of it opens the people that it counts. */
import clsx from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';

export function Stat({ label, value, note, href, tone }: StatProps) {
  const body = (
    <>
      <span className="block text-[0.8125rem] text-ink-muted">{label}</span>
      <span className="mt-0.5 block text-2xl leading-tight font-semibold tracking-tight tabular-nums">
        {value}
      </span>
      {note && <span className="mt-1 block text-xs text-ink-muted">{note}</span>}
    </>
  );
  const look = clsx(
    'block min-w-0 rounded-card border border-line border-l-[3px] bg-surface px-4 py-3 shadow-card',
    tone ? EDGE[tone] : 'border-l-line',
  );
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

const EDGE: Record<Tone, string> = {
  neutral: 'border-l-neutral',
  accent: 'border-l-accent',
  good: 'border-l-good',
  warn: 'border-l-warn',
  bad: 'border-l-bad',
  odd: 'border-l-odd',
};

export type StatProps = {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  href?: string;
  tone?: Tone;
};
