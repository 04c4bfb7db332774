/** Tabs that are pages: links, so that each has an address of its own. */
import clsx from 'clsx';
import Link from 'next/link';

export function Tabs({ label, items, current }: TabsProps) {
  return (
    <nav aria-label={label} className="mb-5 overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item.key === current ? 'page' : undefined}
              className={clsx(
                '-mb-px block border-b-2 px-3 py-2 text-sm whitespace-nowrap',
                item.key === current
                  ? 'border-accent font-medium text-accent-ink'
                  : 'border-transparent text-ink-muted hover:text-ink',
              )}
            >
              {item.label}
              {item.count !== undefined && (
                <span className="ml-1.5 rounded-full bg-sunken px-1.5 text-xs tabular-nums">
                  {item.count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export type TabItem = { key: string; href: string; label: string; count?: string };
export type TabsProps = { label: string; items: readonly TabItem[]; current: string };
