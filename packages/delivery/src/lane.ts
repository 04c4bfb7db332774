/**
 * Lanes: what is handed out to one worker at a time. A lane is (a busy site, or a bucket of quiet ones) × source.
 * Deterministic: launching the same audience again gives every domain the same lanes.
 */

/**
 * Plans the lanes of a launch. A site with at least `busyMin` recipients, or one in `busySites` (it has a lane of its own
 * already), gets its own; the others share `buckets` lanes by a hash of their name. Each domain gets one lane per source.
 */
export function planLanes(
  destinations: readonly LaneDestination[],
  options: LaneOptions,
): LanePlan {
  const countBySite = new Map<string, number>();
  for (const { site, count } of destinations)
    countBySite.set(site, (countBySite.get(site) ?? 0) + count);
  const sources = [...options.sources].sort();
  const lanesBySite = new Map<string, string[]>();
  const lanesByDomain = new Map<string, string[]>();
  for (const { domain, site } of destinations) {
    let lanes = lanesBySite.get(site);
    if (lanes === undefined) {
      const isBusy =
        (countBySite.get(site) ?? 0) >= options.busyMin || options.busySites?.has(site) === true;
      const group = isBusy ? site : `quiet-${hash(site) % Math.max(1, options.buckets)}`;
      lanes = sources.map((source) => laneKey(group, source));
      lanesBySite.set(site, lanes);
    }
    lanesByDomain.set(domain, lanes);
  }
  return { lanesByDomain, lanes: [...new Set([...lanesBySite.values()].flat())].sort() };
}

/** The key of a lane: `<site or quiet-n>|<source>`. Neither part may hold `|`. */
export function laneKey(group: string, source: string): string {
  if (group.includes('|') || source.includes('|'))
    throw new Error(`no lane key: ${group} ${source}`);
  return `${group}|${source}`;
}

/** The parts of a lane key; `site` is null for a bucket of quiet sites. Throws on text that is no lane key. */
export function parseLaneKey(key: string): LaneParts {
  const [group, source, ...rest] = key.split('|');
  if (!group || !source || rest.length > 0) throw new Error(`no lane key: ${key}`);
  return { group, source, site: /^quiet-\d+$/.test(group) ? null : group };
}

/** Spreads the recipients of a domain over its lanes (one per source) by their ordinal in the audience. */
export function pickLane(lanes: readonly string[], ordinal: number): string {
  const lane = lanes[ordinal % lanes.length];
  if (lane === undefined) throw new Error('a domain without a lane: no source address was given');
  return lane;
}

/** FNV-1a, 32 bit: stable over versions and machines, which the lanes of waiting rows depend on. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

export const LANE_DEFAULTS = { busyMin: 200, buckets: 8 } as const;

/** `site`: name of the MX set or of the route; the domain itself where nothing better is known at launch. */
export type LaneDestination = { domain: string; site: string; count: number };
export type LaneOptions = {
  busyMin: number;
  buckets: number;
  sources: readonly string[];
  busySites?: ReadonlySet<string>;
};
export type LanePlan = { lanesByDomain: Map<string, string[]>; lanes: string[] };
export type LaneParts = { group: string; source: string; site: string | null };
