/** What the editor offers: lists with their fields, and the domains that a test may be sent from. */
import type { TenantScope } from '@hikyaku/db';

export interface EditorList {
  id: string;
  name: string;
  recipients: number;
  fields: { key: string; label: string }[];
}

export interface EditorOptions {
  lists: EditorList[];
  domains: string[];
  /** The From of the latest campaign, or an address at the first domain; '' without a domain. */
  fromEmail: string;
}

export async function editorOptions({ prisma, tenantId }: TenantScope): Promise<EditorOptions> {
  const lists = await prisma.list.findMany({
    where: { tenantId, deletedAt: null },
    orderBy: { createdAt: 'desc' },
    select: { id: true, name: true, columns: true, _count: { select: { recipients: true } } },
  });
  const domains = await prisma.senderDomain.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'asc' },
    select: { domain: true },
  });
  const last = await prisma.campaign.findFirst({
    where: { tenantId, fromEmail: { not: '' } },
    orderBy: { createdAt: 'desc' },
    select: { fromEmail: true },
  });
  return {
    lists: lists.map(({ id, name, columns, _count }) => ({
      id,
      name,
      recipients: _count.recipients,
      fields: readColumns(columns),
    })),
    domains: domains.map(({ domain }) => domain),
    fromEmail: last?.fromEmail ?? (domains[0] ? `info@${domains[0].domain}` : ''),
  };
}

function readColumns(columns: unknown): { key: string; label: string }[] {
  if (!Array.isArray(columns)) return [];
  return columns.flatMap((column) => {
    const { key, label } = (column ?? {}) as { key?: unknown; label?: unknown };
    return typeof key === 'string' ? [{ key, label: typeof label === 'string' ? label : key }] : [];
  });
}
