/** A link in running text or in a table. */
import clsx from 'clsx';
import Link from 'next/link';
import type { ComponentProps } from 'react';

/** `isQuiet` shows the underline on hover only: for tables, where every row is a link. */
export function TextLink({ isQuiet, className, ...rest }: TextLinkProps) {
  return (
    <Link
      {...rest}
      className={clsx(
        'rounded-sm text-accent-ink decoration-accent/40 underline-offset-[3px]',
        isQuiet ? 'hover:underline' : 'underline hover:decoration-accent',
        className,
      )}
    />
  );
}

export type TextLinkProps = ComponentProps<typeof Link> & { isQuiet?: boolean };
