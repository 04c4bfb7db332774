import type { ReactNode } from 'react';
import { currentTenant, requirePerson } from '#server/context.ts';
import { AppShell } from '#shell/app-shell.tsx';

export default async function AppLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson();
  return (
    <AppShell person={person} tenant={await currentTenant(person)}>
      {children}
    </AppShell>
  );
}
