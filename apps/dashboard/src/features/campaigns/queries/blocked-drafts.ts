/** Recent drafts that somebody has begun in earnest and that could not be scheduled as they are. */
import type { TenantScope } from '@hikyaku/db';
import { loadDraft } from './load-draft.ts';

export async function blockedDrafts(
  scope: TenantScope,
  nowMs: number,
): Promise<{ id: string; name: string }[]> {
  const { prisma, tenantId } = scope;
  const drafts = await prisma.campaign.findMany({
    where: {
      tenantId,
      kind: 'regular',
      state: 'draft',
      name: { not: '' },
      listId: { not: null },
      templateId: { not: null },
      updatedAt: { gte: new Date(nowMs - 14 * 86_400_000) },
    },
    orderBy: { updatedAt: 'desc' },
    take: 3,
    select: { id: true, name: true },
  });
  const blocked: { id: string; name: string }[] = [];
  for (const draft of drafts) {
    const loaded = await loadDraft(scope, draft.id, nowMs);
    if (loaded && !loaded.check.mayLaunch) blocked.push(draft);
  }
  return blocked;
}
