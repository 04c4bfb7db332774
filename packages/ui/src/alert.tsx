/** A message in the page. Bad news is announced at once, the rest politely. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { SOFT, type Tone } from './tone.ts';

/** `isStill` is for text that was there when the page opened: it is not announced. */
export function Alert({ tone = 'accent', title, actions, isStill, children }: AlertProps) {
  return (
    <div
      role={isStill ? undefined : tone === 'bad' ? 'alert' : 'status'}
      className={clsx('flex items-start gap-3 rounded-card px-4 py-3 text-sm', SOFT[tone])}
    >
      <Icon name={ICONS[tone]} className="mt-[0.35em] shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={clsx(title && 'mt-0.5')}>{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

const ICONS: Record<Tone, IconName> = {
  neutral: 'info',
  idle: 'info',
  accent: 'info',
  good: 'check',
  warn: 'exclamation',
  bad: 'exclamation',
  odd: 'question',
};

export type AlertProps = {
  tone?: Tone;
  title?: ReactNode;
  actions?: ReactNode;
  isStill?: boolean;
  children?: ReactNode;
};
