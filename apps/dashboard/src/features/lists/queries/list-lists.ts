/** The tenant's lists with how many people each holds and what was last imported. */
import type { TenantContext } from '#server/context.ts';

/** Newest first. A tenant has few lists: no paging. */
export async function listLists({ run }: TenantContext) {
  const rows = await run(({ prisma, tenantId }) =>
    prisma.list.findMany({
      where: { tenantId, deletedAt: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: {
        id: true,
        name: true,
        createdAt: true,
        _count: { select: { recipients: true } },
        imports: {
          orderBy: { createdAt: 'desc' },
          take: 1,
          select: { id: true, state: true, createdAt: true },
        },
      },
    }),
  );
  return rows.map(({ _count, imports, ...list }) => ({
    ...list,
    people: _count.recipients,
    lastImport: imports[0] ?? null,
  }));
}

export type ListRow = Awaited<ReturnType<typeof listLists>>[number];
