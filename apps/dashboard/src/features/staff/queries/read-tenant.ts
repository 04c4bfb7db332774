/** One tenant with its people and proven domains. */
import { isUuid } from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';

/** Null when there is no such tenant. */
export async function readTenant({ run }: StaffContext, id: string) {
  if (!isUuid(id)) return null;
  return run(async ({ prisma }) => {
    const tenant = await prisma.tenant.findUnique({
      where: { id },
      select: {
        id: true,
        name: true,
        zone: true,
        locale: true,
        status: true,
        isCleaningOn: true,
        createdAt: true,
        _count: { select: { lists: true, campaigns: true, suppressions: true } },
        senderDomains: { orderBy: { domain: 'asc' }, select: { domain: true, createdAt: true } },
        memberships: {
          orderBy: [{ role: 'asc' }, { createdAt: 'asc' }],
          select: {
            role: true,
            user: { select: { id: true, email: true, name: true, lastSignInAt: true } },
          },
        },
      },
    });
    if (!tenant) return null;
    const stop = await prisma.stopSwitch.findUnique({
      where: { scope_key: { scope: 'tenant', key: tenant.id } },
      select: { reason: true },
    });
    return { ...tenant, stop };
  });
}

export type TenantDetail = NonNullable<Awaited<ReturnType<typeof readTenant>>>;
