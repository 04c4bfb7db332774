/** One list and the columns that its people carry. */
import { isUuid } from '@hikyaku/db';
import { z } from 'zod';
import type { TenantContext } from '#server/context.ts';

export interface ListColumn {
  key: string;
  label: string;
}

export interface ListDetail {
  id: string;
  name: string;
  columns: ListColumn[];
}

const columnsSchema = z.array(z.object({ key: z.string(), label: z.string() })).catch([]);

/** Null for another tenant's id, a random one, or a deleted list. */
export async function readList({ run }: TenantContext, id: string): Promise<ListDetail | null> {
  if (!isUuid(id)) return null;
  const row = await run(({ prisma, tenantId }) =>
    prisma.list.findFirst({
      where: { tenantId, id, deletedAt: null },
      select: { id: true, name: true, columns: true },
    }),
  );
  return row && { ...row, columns: columnsSchema.parse(row.columns) };
}
