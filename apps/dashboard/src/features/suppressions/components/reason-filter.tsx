import { SUPPRESSION_REASONS } from '@hikyaku/contracts';
import clsx from 'clsx';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { SuppressionFilter } from '../queries/list-suppressions.ts';

/** Links that narrow the table to one reason, or to what was released. */
export function ReasonFilter({ filter, path }: { filter: SuppressionFilter; path: string }) {
  const t = useTranslations('suppressions');
  const href = (part: Record<string, string>) => {
    const search = new URLSearchParams({ ...(filter.q && { q: filter.q }), ...part });
    return search.size > 0 ? `${path}?${search}` : path;
  };
  const items = [
    { key: 'all', label: t('all'), href: href({}), isOn: !filter.reason && !filter.isReleased },
    ...SUPPRESSION_REASONS.map((reason) => ({
      key: reason,
      label: t(`reasons.${reason}`),
      href: href({ reason }),
      isOn: filter.reason === reason && !filter.isReleased,
    })),
    {
      key: 'released',
      label: t('released'),
      href: href({ show: 'released' }),
      isOn: filter.isReleased,
    },
  ];
  return (
    <nav aria-label={t('narrow')} className="border-b border-line px-5 py-2">
      <ul className="flex flex-wrap gap-1">
        {items.map((item) => (
          <li key={item.key}>
            <Link
              href={item.href}
              aria-current={item.isOn ? 'true' : undefined}
              className={clsx(
                'block rounded-full px-3 py-1 text-[0.8125rem]',
                item.isOn
                  ? 'bg-accent-soft font-medium text-accent-ink'
                  : 'text-ink-muted hover:bg-sunken hover:text-ink',
              )}
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
