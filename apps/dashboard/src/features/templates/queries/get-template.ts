/** One template, or null: also for a deleted one, another tenant's, and what is no id. */
import { isUuid, type TenantScope } from '@hikyaku/db';

export interface TemplateDetail {
  id: string;
  name: string;
  subject: string;
  html: string;
  text: string;
}

export async function getTemplate(
  { prisma, tenantId }: TenantScope,
  id: string,
): Promise<TemplateDetail | null> {
  if (!isUuid(id)) return null;
  return prisma.template.findFirst({
    where: { tenantId, id, deletedAt: null },
    select: { id: true, name: true, subject: true, html: true, text: true },
  });
}
