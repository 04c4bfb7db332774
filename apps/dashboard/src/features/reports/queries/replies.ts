/** What the servers answered, grouped, each group with one reply in the server's own words. */
import { type ReplyTotals, type TenantScope, totalsByReply } from '@hikyaku/db';

export interface ReplyRow extends ReplyTotals {
  sample: { phase: string; text: string } | null;
}

const SAMPLES_MAX = 60;

export async function replies(scope: TenantScope, campaignId: string): Promise<ReplyRow[]> {
  const groups = await totalsByReply(scope, campaignId);
  const rows: ReplyRow[] = [];
  for (const [index, group] of groups.entries()) {
    const sample = index < SAMPLES_MAX ? await sampleOf(scope, campaignId, group) : null;
    rows.push({ ...group, sample });
  }
  return rows;
}

/** The latest attempt of the first delivery of the group. */
async function sampleOf({ prisma, tenantId }: TenantScope, campaignId: string, group: ReplyTotals) {
  const { state, category, code, enhanced } = group;
  const delivery = await prisma.delivery.findFirst({
    where: { tenantId, campaignId, state, category, code, enhanced, attempts: { gt: 0 } },
    select: {
      events: { orderBy: { at: 'desc' }, take: 1, select: { phase: true, text: true } },
    },
  });
  return delivery?.events[0] ?? null;
}
