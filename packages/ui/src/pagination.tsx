/** Keyset pages: forward, and back to the start; there are no page numbers to be wrong about. */
import { LinkButton } from './button.tsx';

/** A missing `href` hides its link. `summary` says what is shown, such as "1–50 of 10,000". */
export function Pagination({ label, summary, first, next }: PaginationProps) {
  if (!summary && !first && !next) return null;
  return (
    <nav
      aria-label={label}
      className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3 text-sm text-ink-muted"
    >
      <span className="tabular-nums">{summary}</span>
      <span className="flex gap-2">
        {first && (
          <LinkButton size="sm" href={first.href} icon="back">
            {first.label}
          </LinkButton>
        )}
        {next && (
          <LinkButton size="sm" href={next.href} rel="next">
            {next.label}
          </LinkButton>
        )}
      </span>
    </nav>
  );
}

export type PageLink = { href: string; label: string };
export type PaginationProps = {
  label: string;
  summary?: string;
  first?: PageLink;
  next?: PageLink;
};
