/** May this tenant's owner hand out links for a person? Only for one whom nobody else relies on. */
import type { AuthScope } from '@hikyaku/db';

/** Null when there is no such person. Staff, and members of another tenant, are not only ours. */
export async function isOnlyOurs(
  { prisma }: AuthScope,
  who: { email: string } | { id: string },
  tenantId: string,
): Promise<{ userId: string; isOnlyOurs: boolean } | null> {
  const user = await prisma.user.findUnique({
    where: who,
    select: { id: true, isStaff: true, memberships: { select: { tenantId: true } } },
  });
  if (!user) return null;
  const isElsewhere = user.memberships.some((membership) => membership.tenantId !== tenantId);
  return { userId: user.id, isOnlyOurs: !user.isStaff && !isElsewhere };
}
