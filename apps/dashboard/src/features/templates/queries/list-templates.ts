/** The tenant's templates, the one last edited first. */
import type { TenantScope } from '@hikyaku/db';

export interface TemplateRow {
  id: string;
  name: string;
  subject: string;
  updatedAtMs: number;
}

export async function listTemplates({ prisma, tenantId }: TenantScope): Promise<TemplateRow[]> {
  const rows = await prisma.template.findMany({
    where: { tenantId, deletedAt: null },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    select: { id: true, name: true, subject: true, updatedAt: true },
  });
  return rows.map(({ updatedAt, ...row }) => ({ ...row, updatedAtMs: updatedAt.getTime() }));
}
