'use client';
/** Who is signed in, their account, and the way out. */
import { Button } from '@hikyaku/ui';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useHydrated } from './form.tsx';

export function PersonMenu({ name, email }: { name: string; email: string }) {
  const t = useTranslations('shell');
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  return (
    <div className="flex items-center justify-between gap-2">
      <Link href="/account" className="min-w-0 rounded-lg px-2 py-1 hover:bg-sunken">
        <span className="block truncate text-sm font-medium">{name || email}</span>
        <span className="block truncate text-xs text-ink-muted">{email}</span>
      </Link>
      <Button
        size="sm"
        variant="quiet"
        disabled={!isReady}
        isPending={isPending}
        onClick={() =>
          start(async () => {
            await signOut({ redirect: false });
            // A full load: nothing of the last person stays in the router's memory.
            window.location.assign('/sign-in');
          })
        }
      >
        {t('signOut')}
      </Button>
    </div>
  );
}
