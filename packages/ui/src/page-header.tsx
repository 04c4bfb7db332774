/** The head of every page: where one is, what it is, and what can be done here. */
import Link from 'next/link';
import type { ReactNode } from 'react';

/** `crumbs` lead from the section to here, without the page itself. `badge` stands beside the title. */
export function PageHeader({
  title,
  description,
  crumbs,
  crumbsLabel,
  badge,
  actions,
}: PageHeaderProps) {
  return (
    <header className="mb-6">
      {crumbs && crumbs.length > 0 && (
        <nav aria-label={crumbsLabel} className="mb-1.5 text-[0.8125rem] text-ink-muted">
          <ol className="flex flex-wrap gap-x-1.5">
            {crumbs.map((crumb) => (
              <li key={crumb.href} className="flex gap-x-1.5">
                <Link href={crumb.href} className="hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
                <span aria-hidden="true">/</span>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-[1.375rem] leading-snug font-semibold tracking-tight [overflow-wrap:anywhere]">
              {title}
            </h1>
            {badge}
          </div>
          {description && (
            <p className="mt-1 max-w-[46rem] text-sm text-ink-muted">{description}</p>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}

export type Crumb = { href: string; label: string };
export type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  crumbs?: readonly Crumb[];
  crumbsLabel?: string;
  badge?: ReactNode;
  actions?: ReactNode;
};
