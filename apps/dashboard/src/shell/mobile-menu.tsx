'use client';
/** Navigation on a phone: closes by itself when one has gone somewhere, and with Escape. */
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useId, useState } from 'react';

export function MobileMenu({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  const path = usePathname();
  const id = useId();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const isOpen = openAt === path;
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpenAt(null);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen]);
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpenAt(isOpen ? null : path)}
        className="flex min-h-10 cursor-pointer items-center gap-2 rounded-lg px-3 text-sm font-medium hover:bg-sunken"
      >
        <svg
          viewBox="0 0 16 16"
          width="16"
          height="16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d={isOpen ? 'M4 4l8 8M12 4l-8 8' : 'M2.500 4.500h11M2.500 8h11M2.500 11.500h11'} />
        </svg>
        {isOpen ? t('menuClose') : t('menuOpen')}
      </button>
      <div
        id={id}
        hidden={!isOpen}
        className="absolute inset-x-0 top-full max-h-[calc(100dvh-5rem)] overflow-y-auto border-b border-line bg-surface px-4 py-4 shadow-raised"
      >
        {children}
      </div>
    </>
  );
}
