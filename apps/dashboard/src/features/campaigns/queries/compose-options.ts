/** What a campaign can be composed of: lists, templates, domains, and the tenant's own window. */
import { defaultWindow, type Window } from '@hikyaku/campaigns';
import { type NamedGroup, readGroups, type TenantScope } from '@hikyaku/db';

export interface ComposeOptions {
  lists: { id: string; name: string; count: number }[];
  templates: { id: string; name: string; subject: string }[];
  domains: string[];
  tenantWindow: Window;
  groups: NamedGroup[];
}

export async function composeOptions(scope: TenantScope): Promise<ComposeOptions> {
  const { prisma, tenantId } = scope;
  const where = { tenantId, deletedAt: null };
  const lists = await prisma.list.findMany({
    where,
    orderBy: { createdAt: 'desc' },
    select: { id: true, name: true, _count: { select: { recipients: true } } },
  });
  const templates = await prisma.template.findMany({
    where,
    orderBy: { updatedAt: 'desc' },
    select: { id: true, name: true, subject: true },
  });
  const domains = await prisma.senderDomain.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'asc' },
    select: { domain: true },
  });
  return {
    lists: lists.map(({ id, name, _count }) => ({ id, name, count: _count.recipients })),
    templates,
    domains: domains.map(({ domain }) => domain),
    tenantWindow: await tenantWindow(scope),
    groups: await readGroups(scope),
  };
}

/** The window that binds every attempt of this tenant. */
export async function tenantWindow({ prisma, tenantId }: TenantScope): Promise<Window> {
  const tenant = await prisma.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { window: true, zone: true },
  });
  return { ...defaultWindow(tenant.zone), ...(tenant.window as object) };
}
