/** A short state in words, with a shape of its own, so that colour is never the only sign. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { SOFT, type Tone } from './tone.ts';

/** `icon` defaults to the tone's own shape; pass null for none. */
export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  const shape = icon === undefined ? ICONS[tone] : icon;
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap',
        SOFT[tone],
      )}
    >
      {shape && <Icon name={shape} sizePx={12} className="shrink-0" />}
      {children}
    </span>
  );
}

const ICONS: Record<Tone, IconName> = {
  neutral: 'dash',
  idle: 'dot',
  accent: 'arrow',
  good: 'check',
  warn: 'clock',
  bad: 'cross',
  odd: 'question',
};

export type BadgeProps = { tone?: Tone; icon?: IconName | null; children: ReactNode };
