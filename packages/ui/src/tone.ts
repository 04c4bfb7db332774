/** The six tones in which a state can be shown. A tone never stands alone: text or a shape says the same. */

/** `idle` has not begun, `accent` is under way, `odd` is an unknown outcome. */
export type Tone = 'neutral' | 'idle' | 'accent' | 'good' | 'warn' | 'bad' | 'odd';

export const SOFT: Record<Tone, string> = {
  neutral: 'bg-neutral-soft text-neutral-ink',
  idle: 'bg-neutral-soft text-neutral-ink',
  accent: 'bg-accent-soft text-accent-ink',
  good: 'bg-good-soft text-good-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  odd: 'bg-odd-soft text-odd-ink',
};

export const SOLID: Record<Tone, string> = {
  neutral: 'bg-neutral',
  idle: 'bg-line-strong/70',
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  odd: 'bg-odd hatched',
};
