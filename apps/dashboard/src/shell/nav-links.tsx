'use client';
/** The links of one area; the section one is in is marked. */
import { Icon } from '@hikyaku/ui';
import clsx from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { isWithin, type NavItem } from './navigation.ts';

export function NavLinks({ items, label }: { items: readonly NavItem[]; label: string }) {
  const t = useTranslations('shell.nav');
  const path = usePathname();
  return (
    <nav aria-label={label}>
      <ul className="flex flex-col gap-0.5">
        {items.map((item) => {
          const isHere = isWithin(path, item.href);
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={isHere ? 'page' : undefined}
                className={clsx(
                  'flex min-h-9 items-center gap-2.5 rounded-lg px-3 text-sm',
                  isHere
                    ? 'bg-accent-soft font-medium text-accent-ink'
                    : 'text-ink-muted hover:bg-sunken hover:text-ink',
                )}
              >
                <Icon name={item.icon} className="shrink-0" />
                {t(item.key)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
