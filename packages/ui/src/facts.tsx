/** Names and their values, as a definition list that wraps on a phone. */
import type { ReactNode } from 'react';

export function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5.5rem,max-content)_1fr] gap-x-6 gap-y-2 text-sm">
      {items.map((item) => (
        <div key={item.key} className="contents">
          <dt className="text-ink-muted">{item.label}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type Fact = { key: string; label: ReactNode; value: ReactNode };
