/** Attempts over time, with how long it took until shares of the list were accepted. */
import { isUuid, type TenantScope, totalsOverTime } from '@hikyaku/db';
import { recipientsPerHour, type TimeToShares, timeToShares } from '@hikyaku/reports';
import { bucketWidth, fillGaps } from '../buckets.ts';

export interface TimeBucket {
  at: number;
  accepted: number;
  deferred: number;
  bounced: number;
  unknown: number;
}

export interface OverTime {
  widthMs: number;
  buckets: TimeBucket[];
  shares: TimeToShares;
  perHour: number | null;
}

/** null when this tenant has no such campaign. */
export async function overTime(scope: TenantScope, campaignId: string): Promise<OverTime | null> {
  if (!isUuid(campaignId)) return null;
  const { prisma, tenantId } = scope;
  const campaign = await prisma.campaign.findFirst({
    where: { tenantId, id: campaignId },
    select: { total: true, launchedAt: true, finishedAt: true },
  });
  if (!campaign) return null;
  const startMs = campaign.launchedAt?.getTime() ?? Date.now();
  const endMs = campaign.finishedAt?.getTime() ?? Date.now();
  const widthMs = bucketWidth(endMs - startMs);
  const found = await totalsOverTime(scope, campaignId, { bucketMs: widthMs });
  const buckets = fillGaps(
    found.map(({ at, ...counts }) => ({ ...counts, at: at.getTime() })),
    widthMs,
    (at) => ({ at, accepted: 0, deferred: 0, bounced: 0, unknown: 0 }),
  );
  const first = buckets[0]?.at ?? 0;
  const last = (buckets.at(-1)?.at ?? 0) + widthMs;
  const accepted = buckets.reduce((sum, bucket) => sum + bucket.accepted, 0);
  const shares = timeToShares(
    buckets.map(({ at, accepted: count }) => ({ fromMs: at, lengthMs: widthMs, accepted: count })),
    startMs,
    campaign.total ?? 0,
  );
  return {
    widthMs,
    buckets,
    shares,
    perHour: accepted > 0 ? recipientsPerHour(accepted, [[first, last]]) : null,
  };
}
