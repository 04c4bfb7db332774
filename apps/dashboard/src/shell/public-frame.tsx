/** The frame of pages without a session: the name, one card, the languages. */
import type { ReactNode } from 'react';
import { LocaleSwitch } from './locale-switch.tsx';
import { Wordmark } from './wordmark.tsx';

export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col px-4 py-12 sm:py-20">
      <div className="mb-6 flex items-center justify-between">
        <Wordmark />
        <LocaleSwitch />
      </div>
      <main id="main">{children}</main>
    </div>
  );
}
