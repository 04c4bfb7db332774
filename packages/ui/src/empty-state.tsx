/** What a list shows when it holds nothing: why, and what to do now. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export function EmptyState({ title, icon = 'mail', action, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="mb-3 grid size-11 place-items-center rounded-full bg-sunken text-ink-muted">
        <Icon name={icon} sizePx={20} />
      </span>
      <p className="font-medium">{title}</p>
      {children && <div className="mt-1 max-w-[34rem] text-sm text-ink-muted">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

export type EmptyStateProps = {
  title: ReactNode;
  icon?: IconName;
  action?: ReactNode;
  children?: ReactNode;
};
