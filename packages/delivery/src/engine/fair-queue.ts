/**
 * Who goes next at a site: start-time fair queuing in session time between tenants, and between the campaigns of a tenant
 * (delivery-engine.md §6; Goyal, Vin, Cheng 1996). Work-conserving: who has nothing waiting saves nothing up.
 * Within a campaign retries get a set share while first attempts wait, and always some (§5).
 */
import type { Row } from './facts.ts';
import { Fifo } from './fifo.ts';

export class FairQueue {
  readonly #tenants = new Map<string, TenantShare>();
  readonly #retryShare: number;
  /** Virtual time of the tenant that was served last. */
  #virtual = 0;
  /** What a transaction costs, in ms: charged at its start and corrected at its end. */
  #guessMs = 1;
  #size = 0;

  /** `retryShare`: of the turns while both kinds wait, in (0, 1). */
  constructor(retryShare: number) {
    this.#retryShare = retryShare;
  }

  get size(): number {
    return this.#size;
  }

  sizeOf(tenantId: string, campaignId: string): number {
    return this.#tenants.get(tenantId)?.campaigns.get(campaignId)?.size ?? 0;
  }

  /** `weight`: the tenant's share relative to others. */
  push(row: Row, weight: number): void {
    let tenant = this.#tenants.get(row.tenantId);
    if (!tenant) {
      tenant = { time: this.#virtual, weight, waiting: 0, virtual: 0, campaigns: new Map() };
      this.#tenants.set(row.tenantId, tenant);
    }
    tenant.weight = weight;
    let line = tenant.campaigns.get(row.campaignId);
    if (!line) {
      line = new Line(tenant.virtual);
      tenant.campaigns.set(row.campaignId, line);
    }
    // Idle time earns nothing: who comes back starts level with those who are being served.
    if (tenant.waiting === 0) tenant.time = Math.max(tenant.time, this.#virtual);
    if (line.size === 0) line.time = Math.max(line.time, tenant.virtual);
    line.push(row);
    tenant.waiting += 1;
    this.#size += 1;
  }

  /** The next row of those campaigns that `mayGo`; the others stay where they are. */
  take(mayGo: (campaignId: string) => boolean): Row | undefined {
    let tenant: TenantShare | undefined;
    let line: Line | undefined;
    for (const candidate of this.#tenants.values()) {
      if (candidate.waiting === 0 || (tenant && candidate.time >= tenant.time)) continue;
      const next = leastOf(candidate, mayGo);
      if (next) [tenant, line] = [candidate, next];
    }
    if (!tenant || !line) return undefined;
    this.#virtual = Math.max(this.#virtual, tenant.time);
    tenant.virtual = Math.max(tenant.virtual, line.time);
    tenant.time += this.#guessMs / tenant.weight;
    line.time += this.#guessMs;
    return this.#takeFrom(tenant, line);
  }

  /** Another row of this campaign, to travel in the same transaction. */
  takeAnother(tenantId: string, campaignId: string): Row | undefined {
    const tenant = this.#tenants.get(tenantId);
    const line = tenant?.campaigns.get(campaignId);
    return tenant && line && line.size > 0 ? this.#takeFrom(tenant, line) : undefined;
  }

  /**
   * What a transaction of this campaign really took, in ms of session time. Nobody is charged further than so many turns ahead:
   * who had many sessions under way when a server or our own database stalled would pay for it with minutes of silence.
   */
  charge(tenantId: string, campaignId: string, ms: number): void {
    const tenant = this.#tenants.get(tenantId);
    const line = tenant?.campaigns.get(campaignId);
    const aheadMs = this.#guessMs * TURNS_AHEAD_MAX;
    const errorMs = Math.min(ms, aheadMs) - this.#guessMs;
    if (tenant) {
      const mostMs = this.#virtual + aheadMs / tenant.weight;
      tenant.time = Math.min(tenant.time + errorMs / tenant.weight, mostMs);
      if (line) line.time = Math.min(line.time + errorMs, tenant.virtual + aheadMs);
    }
    // One that stalled says little about the next.
    this.#guessMs += Math.min(errorMs, this.#guessMs) * GUESS_GAIN;
  }

  /** All rows of a campaign, taken out. */
  withdraw(tenantId: string, campaignId: string): Row[] {
    const tenant = this.#tenants.get(tenantId);
    const rows = tenant?.campaigns.get(campaignId)?.drain() ?? [];
    if (!tenant) return rows;
    tenant.campaigns.delete(campaignId);
    tenant.waiting -= rows.length;
    this.#size -= rows.length;
    if (tenant.campaigns.size === 0) this.#tenants.delete(tenantId);
    return rows;
  }

  /** Everything, taken out. */
  drain(): Row[] {
    const rows: Row[] = [];
    for (const [tenantId, { campaigns }] of this.#tenants)
      for (const campaignId of [...campaigns.keys()])
        rows.push(...this.withdraw(tenantId, campaignId));
    return rows;
  }

  #takeFrom(tenant: TenantShare, line: Line): Row | undefined {
    tenant.waiting -= 1;
    this.#size -= 1;
    return line.take(this.#retryShare);
  }
}

/** The campaign of a tenant that is furthest behind its share, of those that may go. */
function leastOf(tenant: TenantShare, mayGo: (campaignId: string) => boolean): Line | undefined {
  let least: Line | undefined;
  for (const [campaignId, line] of tenant.campaigns) {
    if (line.size === 0 || (least && line.time >= least.time)) continue;
    if (mayGo(campaignId)) least = line;
  }
  return least;
}

/** One campaign's rows: first attempts and retries apart. */
class Line {
  time: number;
  readonly #fresh = new Fifo<Row>();
  readonly #retries = new Fifo<Row>();
  #credit = 0;

  constructor(time: number) {
    this.time = time;
  }

  get size(): number {
    return this.#fresh.size + this.#retries.size;
  }

  push(row: Row): void {
    (row.attempts > 0 ? this.#retries : this.#fresh).push(row);
  }

  take(retryShare: number): Row | undefined {
    if (this.#retries.size === 0) return this.#fresh.take();
    if (this.#fresh.size === 0) return this.#retries.take();
    this.#credit += retryShare;
    if (this.#credit < 1) return this.#fresh.take();
    this.#credit -= 1;
    return this.#retries.take();
  }

  drain(): Row[] {
    return [...this.#retries.drain(), ...this.#fresh.drain()];
  }
}

type TenantShare = {
  /** Session time received ÷ weight, in virtual ms. */
  time: number;
  weight: number;
  waiting: number;
  /** Virtual time of the campaign that was served last. */
  virtual: number;
  campaigns: Map<string, Line>;
};

/** Weight of the newest transaction in the guess of what one costs. */
const GUESS_GAIN = 0.05;
/** Turns, at the cost of an average transaction, that a tenant or a campaign can be made to wait. */
const TURNS_AHEAD_MAX = 30;
