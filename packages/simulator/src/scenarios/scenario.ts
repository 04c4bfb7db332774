/**
 * A run with a name: one installation, one question, and figures that answer it. A scenario holds when its own
 * expectations hold and no invariant was broken.
 */
import type { Window } from '@hikyaku/campaigns';
import type { SiteProfile } from '@hikyaku/delivery';
import { KIND, type Manners } from '../receivers/manners.ts';
import { type RunResult, runPlan } from '../run.ts';
import type { CampaignPlan, FaultPlan, Plan } from '../world/plan.ts';
import { SETTINGS } from '../world/random-plan.ts';
import type { World } from '../world/world.ts';

export type Scenario = {
  name: string;
  /** The question, in one sentence. */
  what: string;
  plan(seed: number): Plan;
  /** Something that happens in the middle; called after every event. */
  tend?(world: World): void;
  /** What must be true besides the invariants: each is a name and whether it is so. */
  expect(result: RunResult): Record<string, boolean>;
  figures(result: RunResult): Record<string, number | string>;
};

export type ScenarioReport = {
  name: string;
  seed: number;
  holds: boolean;
  broken: string[];
  figures: Record<string, number | string>;
};

export async function runScenario(
  scenario: Scenario,
  seed: number,
  drain: () => Promise<void>,
  options: { print?: (line: string) => void; isStopped?: () => boolean } = {},
): Promise<ScenarioReport> {
  const result = await runPlan(scenario.plan(seed), drain, {
    ...options,
    tend: scenario.tend,
    maxSteps: 200_000_000,
  });
  const broken = Object.entries(scenario.expect(result))
    .filter(([, isSo]) => !isSo)
    .map(([what]) => what);
  for (const { invariant, what } of result.violations.slice(0, 5))
    broken.push(`${invariant}: ${what}`);
  if (result.problem !== undefined) broken.push(result.problem);
  const figures = { ...commonFigures(result), ...scenario.figures(result) };
  return { name: scenario.name, seed, holds: broken.length === 0, broken, figures };
}

/** A plan with one tenant, two workers and no faults, to be said more precisely. */
export function plainPlan(seed: number, facts: PlainPlan): Plan {
  const { startMs = MORNING_MS, settings, ...rest } = facts;
  return {
    seed,
    startMs,
    limitMs: startMs + 5 * DAY_MS,
    sources: ['192.0.2.1'],
    tenants: [{ id: 't1', weight: 1, windows: [] }],
    windows: { installation: [], groups: new Map() },
    machines: [
      { name: 'w1', clockRate: 1 },
      { name: 'w2', clockRate: 1 },
    ],
    leaseMs: 20_000,
    lanes: { busyMin: 120, buckets: 2 },
    uncomposable: new Set(),
    faults: [],
    ...rest,
    settings: { ...SETTINGS, ...settings },
    campaigns: facts.campaigns.map((campaign) => ({ ...CAMPAIGN, ...campaign })),
    sites: facts.sites.map(({ name, manners }) => ({ name, manners: { ...KIND, ...manners } })),
    domains: new Map(
      facts.sites.map(({ name, group = 'other', profile = {} }) => [
        name,
        { site: name, group, profile, isBad: false },
      ]),
    ),
  };
}

/** `count` recipients over domains by their shares, well mixed. */
export function mixed(count: number, shares: Record<string, number>): string[] {
  const names = Object.keys(shares);
  const all = names.reduce((sum, name) => sum + (shares[name] ?? 0), 0);
  const given = new Map(names.map((name) => [name, 0]));
  return Array.from({ length: count }, (_, i) => {
    // Whoever is furthest behind its share is next.
    let next = names[0] as string;
    let most = Number.NEGATIVE_INFINITY;
    for (const name of names) {
      const behind = ((i + 1) * (shares[name] ?? 0)) / all - (given.get(name) ?? 0);
      if (behind > most) {
        most = behind;
        next = name;
      }
    }
    given.set(next, (given.get(next) ?? 0) + 1);
    return next;
  });
}

export function daily(start: string, end: string, zone: string): Window {
  return { days: [1, 2, 3, 4, 5, 6, 7], start, end, zone };
}

export function checked({ coverage }: RunResult, invariant: string): boolean {
  return (coverage.checks[invariant] ?? 0) > 0;
}

function commonFigures({ world, tookMs, steps }: RunResult): Record<string, number | string> {
  const states = new Map<string, number>();
  let attempts = 0;
  let rows = 0;
  let tried = 0;
  for (const row of world.tables.deliveries.values()) {
    states.set(row.state, (states.get(row.state) ?? 0) + 1);
    attempts += row.attempts;
    rows += 1;
    if (row.attempts > 0) tried += 1;
  }
  let sessions = 0;
  for (const site of world.sites.values()) sessions += site.opened;
  return {
    recipients: rows,
    ...Object.fromEntries([...states].sort()),
    finishedAfter: duration(tookMs),
    attempts,
    retryShare: `${((100 * (attempts - tried)) / Math.max(1, attempts)).toFixed(1)} %`,
    sessions,
    steps,
  };
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return `${hours} h ${minutes} min ${seconds % 60} s`;
}

const CAMPAIGN = {
  id: 'c1',
  tenantId: 't1',
  mode: 'one_to_one',
  windows: [],
  expiryMs: 24 * 3_600_000,
  expiresInMs: Number.POSITIVE_INFINITY,
  chunks: 1,
  startsInMs: 0,
} as const;

const DAY_MS = 86_400_000;
/** 2026-11-26 09:00 in Tokyo. */
const MORNING_MS = Date.UTC(2026, 10, 26, 0, 0);

type PlainPlan = Partial<Omit<Plan, 'seed' | 'sites' | 'campaigns' | 'domains' | 'settings'>> & {
  sites: readonly {
    name: string;
    group?: string;
    manners?: Partial<Manners>;
    profile?: SiteProfile;
  }[];
  campaigns: readonly (Partial<CampaignPlan> & { domains: readonly string[] })[];
  settings?: Partial<Plan['settings']>;
  faults?: readonly FaultPlan[];
};
