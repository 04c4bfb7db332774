import { Alert, LinkButton, PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StatusBadge } from '#features/staff/components/status-badge.tsx';
import { StopAction } from '#features/staff/components/stop-action.tsx';
import { StatusAction } from '#features/staff/components/tenant-actions.tsx';
import { TenantView } from '#features/staff/components/tenant-view.tsx';
import { readTenant } from '#features/staff/queries/read-tenant.ts';
import { requireStaff } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function TenantPage({ params }: PageInput<'tenantId'>) {
  const context = await requireStaff();
  const tenant = await readTenant(context, (await params).tenantId);
  if (!tenant) notFound();
  const t = await getTranslations('staff');
  const h = await getTranslations('hygiene');
  const { id, name, status, stop } = tenant;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ href: '/staff/tenants', label: t('tenants') }]}
        badge={<StatusBadge status={status} />}
        actions={
          <>
            <LinkButton href={`/staff/audit?tenant=${id}`}>{t('toAudit')}</LinkButton>
            <LinkButton href={`/staff/tenants/${id}/hygiene`}>{h('title')}</LinkButton>
            <StopAction
              target={{ scope: 'tenant', key: id }}
              name={name}
              isStopped={stop !== null}
              label={t(stop ? 'stops.resumeTenant' : 'stops.stopTenant')}
            />
            <StatusAction tenantId={id} status={status} />
          </>
        }
      />
      {stop && (
        <div className="mb-5">
          <Alert tone="bad" title={t('stops.tenantStopped')} isStill>
            {stop.reason}
          </Alert>
        </div>
      )}
      <TenantView tenant={tenant} />
    </>
  );
}
