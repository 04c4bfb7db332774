'use client';
/** Which tenant one works for; a choice when there are several. */
import { Select } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useTransition } from 'react';
import { switchTenant } from './actions.ts';
import { useHydrated } from './form.tsx';

export function TenantSwitch({ tenants, current }: TenantSwitchProps) {
  const t = useTranslations('shell');
  const id = useId();
  const router = useRouter();
  const isReady = useHydrated();
  const [isPending, start] = useTransition();
  if (tenants.length < 2) {
    return <p className="truncate px-3 text-sm font-semibold">{current.name}</p>;
  }
  return (
    <div className="px-1">
      <label htmlFor={id} className="sr-only">
        {t('tenant')}
      </label>
      <Select
        id={id}
        value={current.id}
        disabled={!isReady || isPending}
        onChange={(event) => {
          const tenantId = event.target.value;
          start(async () => {
            await switchTenant({ tenantId });
            router.push('/');
            router.refresh();
          });
        }}
      >
        {tenants.map((tenant) => (
          <option key={tenant.id} value={tenant.id}>
            {tenant.name}
          </option>
        ))}
      </Select>
    </div>
  );
}

export interface TenantSwitchProps {
  tenants: readonly { id: string; name: string }[];
  current: { id: string; name: string };
}
