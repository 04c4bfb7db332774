/** Attempts over time, with how fast it was and what that speed counts. */
import {
  closedBetween,
  createWindowClock,
  type DeliveryMode,
  groupOf,
  type Window,
  windowsByGroup,
} from '@hikyaku/campaigns';
import {
  isUuid,
  readGroups,
  readInstallationWindows,
  readTenantWindows,
  type TenantScope,
  totalsByDestination,
  totalsOverTime,
} from '@hikyaku/db';
import { type CampaignSpeed, campaignSpeed } from '@hikyaku/reports';
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
  speed: CampaignSpeed;
  mode: DeliveryMode;
}

/** null when this tenant has no such campaign. */
export async function overTime(scope: TenantScope, campaignId: string): Promise<OverTime | null> {
  if (!isUuid(campaignId)) return null;
  const { prisma, tenantId } = scope;
  const campaign = await prisma.campaign.findFirst({
    where: { tenantId, id: campaignId },
    select: {
      ...{ total: true, launchedAt: true, finishedAt: true, mode: true, kind: true },
      ...{ window: true, groupWindows: true },
    },
  });
  if (!campaign) return null;
  const startMs = campaign.launchedAt?.getTime() ?? Date.now();
  const endMs = campaign.finishedAt?.getTime() ?? Date.now();
  const widthMs = bucketWidth(endMs - startMs);
  const found = await totalsOverTime(scope, campaignId, { bucketMs: widthMs });
  const counted = found.map(({ at, ...counts }) => ({ ...counts, at: at.getTime() }));
  const speed = campaignSpeed({
    buckets: counted.map(({ at, ...counts }) => ({ ...counts, fromMs: at, lengthMs: widthMs })),
    startMs,
    // A test message goes at any hour.
    closed: campaign.kind === 'test' ? [] : await closedFor(scope, campaignId, campaign, startMs),
    total: campaign.total ?? 0,
  });
  const buckets = fillGaps<TimeBucket>(
    counted.map(({ at, accepted, deferred, bounced, unknown }) => ({
      ...{ at, accepted, deferred, bounced, unknown },
    })),
    widthMs,
    (at) => ({ at, accepted: 0, deferred: 0, bounced: 0, unknown: 0 }),
  );
  return { widthMs, buckets, speed, mode: campaign.mode };
}

/** When none of the groups that it went to was open, by the windows as they are now. */
async function closedFor(
  scope: TenantScope,
  campaignId: string,
  { window, groupWindows }: { window: unknown; groupWindows: unknown },
  startMs: number,
): Promise<[number, number][]> {
  const groups = await readGroups(scope);
  const domains = await totalsByDestination(scope, campaignId);
  const keys = [...new Set(domains.map(({ domain }) => groupOf(domain, groups)))];
  const levels = {
    installation: await readInstallationWindows(scope),
    tenant: await readTenantWindows(scope),
    campaign: {
      window: window as Window,
      groupWindows: groupWindows as Record<string, Window>,
    },
  };
  const clocks = Object.values(windowsByGroup(levels, keys)).map(createWindowClock);
  return closedBetween(clocks, startMs, Date.now());
}
