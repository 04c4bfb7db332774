/** Who did what, newest first, by keyset pages. */
import { isBigId, isUuid } from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

const PAGE = 50;

export interface AuditFilter {
  tenantId: string | null;
  before: string | null;
}

/** Reads `?tenant=…&before=…`; nonsense is left out. */
export function readAuditFilter(search: Awaited<PageInput['searchParams']>): AuditFilter {
  const tenant = one(search.tenant);
  const before = one(search.before);
  return {
    tenantId: isUuid(tenant) ? tenant : null,
    before: isBigId(before) ? before : null,
  };
}

export async function listAudit({ run }: StaffContext, filter: AuditFilter) {
  return run(async ({ prisma }) => {
    const rows = await prisma.audit.findMany({
      where: {
        ...(filter.tenantId && { tenantId: filter.tenantId }),
        ...(filter.before && { id: { lt: BigInt(filter.before) } }),
      },
      orderBy: { id: 'desc' },
      take: PAGE + 1,
    });
    const shown = rows.slice(0, PAGE);
    const ids = (pick: (row: (typeof rows)[number]) => string | null) => [
      ...new Set(shown.map(pick).filter((id) => id !== null)),
    ];
    const users = await prisma.user.findMany({
      where: { id: { in: ids((row) => row.actorId) } },
      select: { id: true, email: true },
    });
    const tenants = await prisma.tenant.findMany({
      where: { id: { in: ids((row) => row.tenantId) } },
      select: { id: true, name: true },
    });
    const emails = new Map(users.map((user) => [user.id, user.email]));
    const names = new Map(tenants.map((tenant) => [tenant.id, tenant.name]));
    return {
      entries: shown.map((row) => ({
        id: row.id.toString(),
        at: row.at.getTime(),
        actor: row.actorId && (emails.get(row.actorId) ?? row.actorId),
        isStaff: row.isStaff,
        tenantId: row.tenantId,
        tenantName: row.tenantId && (names.get(row.tenantId) ?? row.tenantId),
        action: row.action,
        target: row.target,
        reason: row.reason,
        detail: JSON.stringify(row.detail),
      })),
      next: rows.length > PAGE ? (shown.at(-1)?.id.toString() ?? null) : null,
    };
  });
}

export type AuditPage = Awaited<ReturnType<typeof listAudit>>;
