import { PageHeader } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import { NameCard, PasswordCard } from '#features/auth/components/account-cards.tsx';
import { TenantsCard } from '#features/auth/components/tenants-card.tsx';
import { requirePerson } from '#server/context.ts';

export default async function AccountPage() {
  const person = await requirePerson();
  const t = await getTranslations('auth');
  return (
    <>
      <PageHeader title={t('accountTitle')} description={person.email} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <NameCard name={person.name} />
        <PasswordCard email={person.email} />
        <TenantsCard tenants={person.tenants} />
      </div>
    </>
  );
}
