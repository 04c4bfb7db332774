/** A page that says one thing: not found, not allowed, something went wrong. */
import type { ReactNode } from 'react';

export function MessagePage({ title, text, actions }: MessagePageProps) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-start gap-3 px-6 py-20">
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="text-sm text-ink-muted">{text}</p>
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </div>
  );
}

export interface MessagePageProps {
  title: ReactNode;
  text: ReactNode;
  actions?: ReactNode;
}
