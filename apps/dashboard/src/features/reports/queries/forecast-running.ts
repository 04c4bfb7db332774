/** When a campaign under way will be done: from its own pace in each lane now, else from past sending, else assumed. */
import {
  createWindowClock,
  type ForecastInput,
  groupOf,
  rateOf,
  type Window,
  windowsByGroup,
} from '@hikyaku/campaigns';
import {
  isUuid,
  type LanePace,
  readDomainSpeeds,
  readGroups,
  readInstallationWindows,
  readLanePaces,
  readTenantWindows,
  type TenantScope,
} from '@hikyaku/db';
import { type ForecastView, forecastView } from '#server/forecast-parts.ts';

/** A pace is written every few seconds while something is sent; an older one speaks of another time. */
const FRESH_MS = 60_000;

/** null where the campaign is not under way, or nobody waits; undefined where the tenant has no such campaign. */
export async function forecastRunning(
  scope: TenantScope,
  id: string,
): Promise<ForecastView | null | undefined> {
  if (!isUuid(id)) return undefined;
  const { prisma, tenantId } = scope;
  const campaign = await prisma.campaign.findFirst({
    where: { tenantId, id },
    select: {
      state: true,
      ...{ window: true, groupWindows: true, kind: true },
      ...{ expiresAt: true, expiryHours: true, launchedAt: true, reopenedAt: true },
    },
  });
  if (!campaign) return undefined;
  const isUnderWay = campaign.state === 'launching' || campaign.state === 'running';
  if (!isUnderWay || campaign.kind === 'test') return null;
  const nowMs = Date.now();
  const lanes = await readLanePaces(scope, id);
  const groups = await readGroups(scope);
  const levels = {
    installation: await readInstallationWindows(scope),
    tenant: await readTenantWindows(scope),
    campaign: {
      window: campaign.window as unknown as Window,
      groupWindows: campaign.groupWindows as unknown as Record<string, Window>,
    },
  };
  const windows = windowsByGroup(levels, [...new Set(groups.map(({ key }) => key))]);
  const speeds = await readDomainSpeeds(
    scope,
    lanes.map(({ domain }) => domain ?? ''),
  );
  const openSinceMs = (campaign.reopenedAt ?? campaign.launchedAt)?.getTime() ?? nowMs;
  const endMs = campaign.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const of = (domain: string | null) => {
    const clock = createWindowClock(windows[groupOf(domain ?? '', groups)] ?? []);
    const openUntilMs = clock.addOpenTime(openSinceMs, campaign.expiryHours * 3_600_000);
    return { clock, startMs: nowMs, expiresAtMs: Math.min(openUntilMs, endMs) };
  };
  return forecastView(
    lanes.map((lane, at) => ({
      ...of(lane.domain),
      ...paceOf(lane, nowMs, () => rateOf(speeds[at] ?? null)),
      name: isQuiet(lane) ? null : lane.domain,
      untried: lane.untried,
      deferred: lane.deferred,
    })),
  );
}

type Rate = Pick<ForecastInput, 'perSecond' | 'deferredShares' | 'basis'>;

function paceOf({ pace, paceAt, deferredShare }: LanePace, nowMs: number, past: () => Rate): Rate {
  const isFresh = paceAt !== null && nowMs - paceAt.getTime() < FRESH_MS;
  if (!isFresh || pace === null || pace <= 0) return past();
  return {
    perSecond: pace,
    deferredShares: [Math.min(deferredShare ?? 0, 0.9)],
    basis: 'measured',
  };
}

function isQuiet({ site }: LanePace): boolean {
  return /^(quiet-\d+|other)$/.test(site);
}
