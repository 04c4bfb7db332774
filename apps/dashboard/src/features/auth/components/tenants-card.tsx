import { Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { PersonTenant } from '#server/session.ts';

/** Which tenants one belongs to, and as what. */
export function TenantsCard({ tenants }: { tenants: readonly PersonTenant[] }) {
  const t = useTranslations('auth');
  const roles = useTranslations('shell.roles');
  if (tenants.length === 0) return null;
  return (
    <Card title={t('tenantsTitle')}>
      <ul className="flex flex-col gap-1.5 text-sm">
        {tenants.map((tenant) => (
          <li key={tenant.id} className="flex justify-between gap-4">
            <span>{tenant.name}</span>
            <span className="text-ink-muted">{roles(tenant.role)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
