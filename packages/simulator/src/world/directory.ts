/**
 * Where a domain's mail goes, and which windows bind it: what the worker's directory and the database's settings say.
 * Lookups of names may be slow, or fail for a while.
 */
import { createWindowClock, type Window, type WindowClock } from '@hikyaku/campaigns';
import type { CampaignFacts, Destination, LearnedLimits, SiteProfile } from '@hikyaku/delivery';
import type { Campaign, Delivery, Tables } from '../database/tables.ts';

export class Directory {
  /** Names that do not resolve now. */
  readonly failing = new Set<string>();
  /** Domains that are not known before they were looked up. */
  readonly cold = new Set<string>();
  readonly #tables: Tables;
  readonly #domains: ReadonlyMap<string, Domain>;
  readonly #windows: { installation: readonly Window[]; groups: Map<string, readonly Window[]> };
  readonly #clocks = new Map<string, WindowClock>();
  /** What workers have learned, by site and source: it outlives them. */
  readonly #learned = new Map<string, LearnedLimits>();

  constructor(
    tables: Tables,
    domains: ReadonlyMap<string, Domain>,
    windows: { installation: readonly Window[]; groups: Map<string, readonly Window[]> },
  ) {
    this.#tables = tables;
    this.#domains = domains;
    this.#windows = windows;
  }

  /** Undefined: it has to be looked up first. */
  find(domain: string, source: string): Destination | undefined {
    return this.cold.has(domain) ? undefined : this.lookUp(domain, source);
  }

  lookUp(name: string, source: string): Destination {
    this.cold.delete(name);
    const domain = this.#domains.get(name);
    if (domain === undefined || domain.isBad) return { kind: 'permanent', category: 'domain-bad' };
    if (this.failing.has(name)) return { kind: 'transient', category: 'server-temporary' };
    const { site, profile } = domain;
    return {
      kind: 'site',
      site,
      hosts: 1,
      profile,
      learned: this.#learned.get(`${site} ${source}`),
    };
  }

  saveLearned(site: string, source: string, learned: LearnedLimits): void {
    this.#learned.set(`${site} ${source}`, learned);
  }

  factsOf(campaign: Campaign): CampaignFacts {
    return {
      campaignId: campaign.id,
      tenantId: campaign.tenantId,
      mode: campaign.mode,
      weight: this.#tables.tenants.get(campaign.tenantId)?.weight ?? 1,
      clockOf: (group) => this.#clock(campaign, group),
      windowsKey: JSON.stringify(campaign.windows),
      expiryMs: campaign.expiryMs,
      expiresByMs: campaign.expiresAtMs,
      openSinceMs: campaign.openSinceMs,
      rescanEpoch: campaign.rescanEpoch,
      isCut: campaign.isCut,
    };
  }

  /** Ms until the window of a row closes; negative while it is closed, Infinity where none binds. */
  openLeftMs(row: Delivery, atMs: number, errorMs = 0): number {
    const campaign = this.#tables.campaigns.get(row.campaignId) as Campaign;
    const clock = this.#clock(campaign, row.group);
    const state = clock.stateAt(atMs);
    if (state.open) return state.closesAtMs - atMs;
    const ahead = clock.stateAt(atMs + errorMs);
    return ahead.open ? ahead.closesAtMs - atMs : -1;
  }

  /** When a row that still waits has had its time. */
  expiresAtMs(row: Delivery): number {
    const campaign = this.#tables.campaigns.get(row.campaignId) as Campaign;
    const { openSinceMs, expiryMs, expiresAtMs } = campaign;
    return Math.min(
      expiresAtMs,
      this.#clock(campaign, row.group).addOpenTime(openSinceMs, expiryMs),
    );
  }

  #clock(campaign: Campaign, group: string): WindowClock {
    const key = `${campaign.id} ${group}`;
    let clock = this.#clocks.get(key);
    if (clock === undefined) {
      clock = createWindowClock([
        ...this.#windows.installation,
        ...(this.#tables.tenants.get(campaign.tenantId)?.windows ?? []),
        ...campaign.windows,
        ...(this.#windows.groups.get(group) ?? []),
      ]);
      this.#clocks.set(key, clock);
    }
    return clock;
  }
}

export type Domain = {
  site: string;
  group: string;
  profile: SiteProfile;
  /** It takes no mail: null MX. */
  isBad: boolean;
};
