/** What stands above every view of a campaign. */
import type { CampaignState } from '@hikyaku/campaigns';
import { type CampaignTotals, campaignTotals, isUuid, type TenantScope } from '@hikyaku/db';

export interface ReportHead {
  name: string;
  state: CampaignState;
  /** Its start passed while no worker was up. */
  isMissed: boolean;
  kind: 'regular' | 'test';
  totals: CampaignTotals;
}

/** null when this tenant has no such campaign. */
export async function reportHead(scope: TenantScope, id: string): Promise<ReportHead | null> {
  if (!isUuid(id)) return null;
  const { prisma, tenantId } = scope;
  const campaign = await prisma.campaign.findFirst({
    where: { tenantId, id },
    select: { name: true, state: true, kind: true, startMissedAt: true },
  });
  const totals = campaign && (await campaignTotals(scope, id));
  if (!campaign || !totals) return null;
  const { startMissedAt, ...rest } = campaign;
  return { ...rest, isMissed: startMissedAt !== null, totals };
}
