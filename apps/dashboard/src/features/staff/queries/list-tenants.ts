/** Every tenant of the installation, for staff. */
import type { StaffContext } from '#server/context.ts';

/** By name. An installation has hundreds, not millions: no paging. */
export async function listTenants({ run }: StaffContext) {
  const rows = await run(({ prisma }) =>
    prisma.tenant.findMany({
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        name: true,
        status: true,
        createdAt: true,
        _count: { select: { memberships: true, senderDomains: true, campaigns: true } },
      },
    }),
  );
  return rows.map(({ _count, ...tenant }) => ({ ...tenant, ..._count }));
}

export type TenantRow = Awaited<ReturnType<typeof listTenants>>[number];
