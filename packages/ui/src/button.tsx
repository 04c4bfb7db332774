/** Buttons, and links that look like them. One primary per view. */
import clsx from 'clsx';
import Link from 'next/link';
import type { ButtonHTMLAttributes, ComponentProps } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** `isPending` disables it, keeps its width and tells screen readers that it is busy. `type` defaults to "button". */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  isPending = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || isPending}
      aria-busy={isPending || undefined}
      className={clsx(buttonClass({ variant, size }), className)}
    >
      {isPending ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link (next/link) in the shape of a button. */
export function LinkButton({
  variant = 'secondary',
  size = 'md',
  icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <Link {...rest} className={clsx(buttonClass({ variant, size }), className)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

/** The classes alone, for an element that is neither (a label, a download link). */
export function buttonClass({ variant = 'secondary', size = 'md' }: ButtonLook = {}): string {
  return clsx(
    'inline-flex items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap select-none',
    'transition-colors cursor-pointer disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55',
    size === 'md' ? 'min-h-10 px-4 text-sm' : 'min-h-8 px-2.5 text-[0.8125rem]',
    VARIANTS[variant],
  );
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-3.5 motion-safe:animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  );
}

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'bg-surface text-ink border border-line-strong hover:bg-sunken',
  quiet: 'text-accent-ink hover:bg-accent-soft',
  danger: 'bg-surface text-bad-ink border border-bad/50 hover:bg-bad-soft',
} as const;

export type ButtonLook = { variant?: keyof typeof VARIANTS; size?: 'md' | 'sm' };
export type ButtonProps = ButtonLook &
  ButtonHTMLAttributes<HTMLButtonElement> & { icon?: IconName; isPending?: boolean };
export type LinkButtonProps = ButtonLook & ComponentProps<typeof Link> & { icon?: IconName };
