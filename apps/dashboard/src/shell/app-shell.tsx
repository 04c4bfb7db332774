/** The frame of every page behind sign-in: navigation at the side, or behind a button on a phone. */
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Person, PersonTenant } from '#server/session.ts';
import { LocaleSwitch } from './locale-switch.tsx';
import { MobileMenu } from './mobile-menu.tsx';
import { NavLinks } from './nav-links.tsx';
import { STAFF_NAV, TENANT_NAV } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';
import { ReadOnlyNotice } from './read-only-notice.tsx';
import { SuspendedNotice } from './suspended-notice.tsx';
import { TenantSwitch } from './tenant-switch.tsx';
import { Wordmark } from './wordmark.tsx';

export function AppShell({ person, tenant, children }: AppShellProps) {
  const t = useTranslations('shell');
  const menu = (
    <div className="flex flex-1 flex-col gap-5">
      {tenant && <TenantSwitch tenants={person.tenants} current={tenant} />}
      {tenant && <NavLinks items={TENANT_NAV} label={t('navTenant')} />}
      {person.isStaff && (
        <div>
          <p className="mb-1.5 px-3 text-xs font-medium text-ink-faint">{t('navStaff')}</p>
          <NavLinks items={STAFF_NAV} label={t('navStaff')} />
        </div>
      )}
      <div className="mt-auto flex flex-col gap-2 border-t border-line pt-3">
        <PersonMenu name={person.name} email={person.email} />
        <LocaleSwitch />
      </div>
    </div>
  );
  return (
    <div className="lg:flex">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        {t('skip')}
      </a>
      <aside className="sticky top-0 hidden h-[calc(100dvh-2.25rem)] w-60 shrink-0 flex-col gap-5 overflow-y-auto border-r border-line bg-surface px-3 py-5 lg:flex">
        <Wordmark />
        {menu}
      </aside>
      <header className="sticky top-0 z-10 flex min-h-13 items-center justify-between border-b border-line bg-surface px-4 lg:hidden">
        <Wordmark />
        <MobileMenu>{menu}</MobileMenu>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="min-w-0 flex-1 px-4 py-6 outline-none sm:px-8 lg:px-10"
      >
        <div className="mx-auto max-w-6xl">
          <ReadOnlyNotice />
          {tenant?.status === 'suspended' && <SuspendedNotice />}
          {children}
        </div>
      </main>
    </div>
  );
}

export interface AppShellProps {
  person: Person;
  tenant: PersonTenant | null;
  children: ReactNode;
}
