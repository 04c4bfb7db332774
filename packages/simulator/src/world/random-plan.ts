/** Draws the plan of a run from its seed: tenants, campaigns, windows, receivers and faults. */
import { WINDOW_MARGINS, type Window } from '@hikyaku/campaigns';
import { RETRY_SETTINGS, SITE_BACKOFF_SETTINGS } from '@hikyaku/delivery';
import { FAULTS } from '../faults/index.ts';
import { Random } from '../random.ts';
import { drawSites, type SitePlan } from '../receivers/carriers.ts';
import type { Domain } from './directory.ts';
import type { CampaignPlan, FaultPlan, Plan, TenantPlan } from './plan.ts';

export function randomPlan(seed: number, size: PlanSize = {}): Plan {
  const random = new Random(seed).fork('plan');
  const sites = drawSites(random);
  const when = drawWhen(random, size.isClosing === true);
  const tenants = drawTenants(random, when);
  const recipients = size.recipients ?? random.between(2_000, 2_400);
  const campaigns = drawCampaigns(random, recipients, tenants, sites, when);
  return {
    seed,
    startMs: when.startMs,
    limitMs: when.startMs + 30 * DAY_MS,
    sources: random.chance(0.5) ? ['192.0.2.1'] : ['192.0.2.1', '192.0.2.2'],
    tenants,
    campaigns,
    domains: domainsOf(sites),
    sites,
    windows: { installation: [], groups: new Map([['mobile', when.mobile]]) },
    machines: ['w1', 'w2', ...(random.chance(0.2) ? ['w3'] : [])].map((name) => ({
      name,
      clockRate: 0.95 + random.next() * 0.1,
    })),
    settings: {
      ...SETTINGS,
      sessionsAtStart: random.between(2, 5),
      sessionsPerSite: random.pick([6, 10, 20]),
      recipientsPerTransaction: random.pick([20, 50, 100]),
    },
    leaseMs: 20_000,
    lanes: { busyMin: 120, buckets: 2 },
    uncomposable: new Set(Array.from({ length: 3 }, () => String(1 + random.below(recipients)))),
    faults: drawFaults(random, size.faults ?? random.between(9, 12), size.moreFaults ?? []),
  };
}

/** The defaults of the core, with sessions, recipients and seed still to be said. */
export const SETTINGS = {
  retry: RETRY_SETTINGS,
  backoff: SITE_BACKOFF_SETTINGS,
  margins: WINDOW_MARGINS,
  sessionsAtStart: 4,
  sessionsPerSite: 10,
  recipientsPerTransaction: 100,
  retryShare: 0.25,
  keepMs: 5_000,
  refreshMs: 1_000,
  drainMs: 20_000,
  leaseGraceMs: 600,
  areCapsGranted: true,
};

type When = {
  startMs: number;
  expiryHours: readonly number[];
  main: readonly Window[];
  mobile: readonly Window[];
};

/** A start inside a window, some seconds or hours before it closes; or near a change of the clocks. */
function drawWhen(random: Random, isClosing: boolean): When {
  const at = isClosing ? 0 : random.next();
  const mobile = random.chance(0.5) ? [daily('09:00', '21:00', 'Asia/Tokyo')] : [];
  if (at < 0.35) {
    // 21:00 in Tokyo is 12:00 UTC; the run is cut in its middle.
    const startMs = Date.UTC(2026, 10, 26, 11, 58) + random.between(0, 90_000);
    const main = [daily('09:00', '21:00', 'Asia/Tokyo')];
    return { startMs, expiryHours: [6, 24], main, mobile };
  }
  if (at < 0.5) {
    // The night in which New York has no 02:00–03:00; a window around it, left open on both sides.
    const startMs = Date.UTC(2026, 2, 8, 6, 55) + random.between(0, 600_000);
    const main = [daily(random.pick(['01:00', '02:30']), '03:30', 'America/New_York')];
    return { startMs, expiryHours: [2, 5], main, mobile: [] };
  }
  if (at < 0.65) {
    // The night in which Berlin has 02:00–03:00 twice.
    const startMs = Date.UTC(2026, 9, 25, 0, 55) + random.between(0, 3_600_000);
    const main = [daily('01:30', '02:30', 'Europe/Berlin')];
    return { startMs, expiryHours: [1, 3], main, mobile: [] };
  }
  const startMs = Date.UTC(2026, 10, 26, random.between(0, 10), random.between(0, 59));
  const main = random.chance(0.5) ? [daily('09:00', '21:00', 'Asia/Tokyo')] : [];
  return { startMs, expiryHours: [6, 24], main, mobile };
}

function drawTenants(random: Random, when: When): TenantPlan[] {
  return Array.from({ length: random.between(2, 4) }, (_, i) => ({
    id: `t${i + 1}`,
    weight: random.pick([1, 1, 2]),
    windows: random.chance(0.7) ? when.main : [],
  }));
}

function drawCampaigns(
  random: Random,
  recipients: number,
  tenants: readonly TenantPlan[],
  sites: readonly SitePlan[],
  when: When,
): CampaignPlan[] {
  const count = Math.max(tenants.length, random.between(3, 5));
  // One is big, the others are small beside it.
  const shares = Array.from({ length: count }, (_, i) => (i === 0 ? count : 1));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, i) => ({
    id: `c${i + 1}`,
    tenantId: (tenants[i % tenants.length] as TenantPlan).id,
    mode: random.chance(0.4) ? 'bulk' : 'one_to_one',
    windows: random.chance(0.3) ? when.main : [],
    expiryMs: random.pick(when.expiryHours) * HOUR_MS,
    expiresInMs: random.chance(0.15) ? random.between(1, 600) * 60_000 : Number.POSITIVE_INFINITY,
    domains: Array.from({ length: Math.ceil((recipients * share) / all) }, () =>
      drawDomain(random, sites),
    ),
    chunks: random.pick([1, 3, 12]),
    startsInMs: i === 0 ? 0 : random.between(0, 8_000),
  }));
}

function drawDomain(random: Random, sites: readonly SitePlan[]): string {
  if (random.chance(0.003)) return 'no-mail.example';
  let at = random.next() * sites.reduce((sum, { share }) => sum + share, 0);
  for (const { name, share } of sites) {
    at -= share;
    if (at < 0) return name;
  }
  return 'kind.example';
}

function domainsOf(sites: readonly SitePlan[]): Map<string, Domain> {
  const domains = new Map<string, Domain>();
  for (const { name, group, profile } of sites)
    domains.set(name, { site: name, group, profile, isBad: false });
  domains.set('no-mail.example', {
    site: 'no-mail.example',
    group: 'other',
    profile: {},
    isBad: true,
  });
  return domains;
}

function drawFaults(random: Random, count: number, more: readonly string[]): FaultPlan[] {
  const names = [...FAULTS.keys()];
  return (
    [...Array.from({ length: count }, () => random.pick(names)), ...more]
      .map((name) => ({ name, after: 0.01 + random.next() * 0.4 }))
      // Who cancels the big campaign at once leaves little for other faults to strike.
      .map(({ name, after }) => ({
        name,
        after: name === 'F31 cancel' ? Math.max(after, 0.3) : after,
      }))
      .sort((a, b) => a.after - b.after)
  );
}

function daily(start: string, end: string, zone: string): Window {
  return { days: [1, 2, 3, 4, 5, 6, 7], start, end, zone };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `moreFaults`: besides those that are drawn. `isClosing`: a window closes in the middle of the run. */
export type PlanSize = {
  recipients?: number;
  faults?: number;
  moreFaults?: readonly string[];
  isClosing?: boolean;
};
