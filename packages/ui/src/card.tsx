/** A surface that groups what belongs together, with an optional heading and actions. */
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

/** With a `title` it is a labelled region. `isFlush` leaves out the padding, for tables. */
export function Card({ title, description, actions, isFlush, className, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={clsx(
        'min-w-0 rounded-card border border-line bg-surface shadow-card',
        isFlush && 'overflow-hidden',
        className,
      )}
    >
      {(title || actions) && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4">
          <div className="min-w-0">
            {title && (
              <h2 id={id} className="text-[0.9375rem] font-semibold">
                {title}
              </h2>
            )}
            {description && <p className="mt-0.5 text-sm text-ink-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={clsx(isFlush ? title && 'mt-3' : 'px-5 py-4')}>{children}</div>
    </section>
  );
}

export type CardProps = {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  isFlush?: boolean;
  className?: string;
  children: ReactNode;
};
