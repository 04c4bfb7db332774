/** When a draft would be done, before it is scheduled: from what was measured in past sending, destination by destination. */
import {
  ASSUMED_RATE,
  createWindowClock,
  EXPIRY_HOURS,
  groupOf,
  rateOf,
  type WindowLevels,
  windowsByGroup,
} from '@hikyaku/campaigns';
import { type NamedGroup, readDomainSpeeds, type TenantScope } from '@hikyaku/db';
import { type ForecastView, forecastView } from '#server/forecast-parts.ts';

/** Destinations with fewer share lanes, as the worker's `busyMin`. */
const BUSY_MIN = 200;
const BUSY_MAX = 50;

export async function forecastDraft(
  scope: TenantScope,
  given: {
    /** The largest first. */
    destinations: readonly { domain: string; count: number }[];
    levels: WindowLevels;
    groups: readonly NamedGroup[];
    startMs: number;
    expiresAtMs: number | null;
  },
): Promise<ForecastView | null> {
  const { destinations, levels, groups, startMs, expiresAtMs } = given;
  const busy = destinations.slice(0, BUSY_MAX).filter(({ count }) => count >= BUSY_MIN);
  const speeds = await readDomainSpeeds(
    scope,
    busy.map(({ domain }) => domain),
  );
  const windows = windowsByGroup(levels, [...new Set(groups.map(({ key }) => key))]);
  const of = (group: string) => {
    const clock = createWindowClock(windows[group] ?? []);
    const openUntilMs = clock.addOpenTime(startMs, EXPIRY_HOURS * 3_600_000);
    const endMs = Math.min(openUntilMs, expiresAtMs ?? Number.POSITIVE_INFINITY);
    return { clock, deferred: 0, startMs, expiresAtMs: endMs };
  };
  // Domains that lead to the same site share its speed.
  const sites = new Map<string, { names: string[]; count: number; at: number }>();
  for (const [at, { domain, count }] of busy.entries()) {
    const key = `${speeds[at]?.site ?? domain} ${groupOf(domain, groups)}`;
    const site = sites.get(key) ?? { names: [], count: 0, at };
    site.names.push(domain);
    site.count += count;
    sites.set(key, site);
  }
  const rest = new Map<string, number>();
  for (const { domain, count } of destinations.slice(busy.length)) {
    const group = groupOf(domain, groups);
    rest.set(group, (rest.get(group) ?? 0) + count);
  }
  return forecastView([
    ...[...sites.values()].map(({ names, count, at }) => ({
      ...of(groupOf(names[0] ?? '', groups)),
      ...rateOf(speeds[at] ?? null),
      name: names.join(', '),
      untried: count,
    })),
    ...[...rest].map(([group, count]) => ({
      ...of(group),
      ...ASSUMED_RATE,
      // Many small sites are delivered to side by side.
      perSecond: ASSUMED_RATE.perSecond * SIDE_BY_SIDE,
      name: null,
      untried: count,
    })),
  ]);
}

const SIDE_BY_SIDE = 4;
