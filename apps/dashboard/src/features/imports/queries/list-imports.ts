/** The last imports of a list, or of the suppressions. */
import type { TenantContext } from '#server/context.ts';

const SHOWN = 50;

/** Newest first. `listId` null: suppression lists. */
export async function listImports({ run }: TenantContext, listId: string | null) {
  const rows = await run(({ prisma, tenantId }) =>
    prisma.listImport.findMany({
      where: { tenantId, listId, kind: listId === null ? 'suppressions' : 'recipients' },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: SHOWN,
      select: {
        id: true,
        filename: true,
        state: true,
        newCount: true,
        updatedCount: true,
        duplicateCount: true,
        refusedCount: true,
        createdAt: true,
      },
    }),
  );
  return rows;
}

export type ImportRow = Awaited<ReturnType<typeof listImports>>[number];
