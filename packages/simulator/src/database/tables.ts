/**
 * The tables that delivery needs, in memory. Every change of a delivery's state goes through `move`, which tells whoever
 * watches.
 */
import type { Window } from '@hikyaku/campaigns';

export class Tables {
  readonly tenants = new Map<string, Tenant>();
  readonly campaigns = new Map<string, Campaign>();
  readonly lanes = new Map<string, Lane>();
  readonly laneCampaigns: LaneCampaign[] = [];
  readonly deliveries = new Map<string, Delivery>();
  /** `tenant/person`, suppressed from now on. */
  readonly suppressed = new Set<string>();
  /** Stop switches of staff: `everything`, `lane:<id>`, `site:<name>`. */
  readonly stops = new Set<string>();
  /** Parts of shared caps, by `site lane`. */
  readonly shares = new Map<string, SiteShare>();
  onMove: (row: Delivery, from: DeliveryState, why: string) => void = () => {};
  onDone: (campaignId: string, laneId: string) => void = () => {};
  readonly #byLane = new Map<string, Delivery[]>();

  add(row: Delivery): void {
    this.deliveries.set(row.id, row);
    const rows = this.rowsOf(row.campaignId, row.laneId);
    rows.push(row);
    const campaign = this.campaigns.get(row.campaignId) as Campaign;
    campaign.counts.waiting += 1;
    campaign.total += 1;
  }

  /** In order of id. */
  rowsOf(campaignId: string, laneId: string): Delivery[] {
    const key = `${campaignId}/${laneId}`;
    let rows = this.#byLane.get(key);
    if (rows === undefined) {
      rows = [];
      this.#byLane.set(key, rows);
    }
    return rows;
  }

  move(row: Delivery, to: DeliveryState, why: string): void {
    const from = row.state;
    const { counts } = this.campaigns.get(row.campaignId) as Campaign;
    counts[from] -= 1;
    counts[to] += 1;
    row.state = to;
    this.onMove(row, from, why);
  }

  isSuppressed(row: Delivery): boolean {
    return this.suppressed.has(`${row.tenantId}/${row.person}`);
  }

  isStopped(row: Delivery): boolean {
    const { stops } = this;
    if (stops.size === 0) return false;
    return (
      stops.has('everything') || stops.has(`lane:${row.laneId}`) || stops.has(`site:${row.site}`)
    );
  }
}

export function noCounts(): Record<DeliveryState, number> {
  return {
    waiting: 0,
    sending: 0,
    accepted: 0,
    bounced: 0,
    expired: 0,
    cancelled: 0,
    unknown: 0,
  };
}

export type DeliveryState =
  | 'waiting'
  | 'sending'
  | 'accepted'
  | 'bounced'
  | 'expired'
  | 'cancelled'
  | 'unknown';

export type Tenant = { id: string; isActive: boolean; windows: readonly Window[]; weight: number };

export type Campaign = {
  id: string;
  tenantId: string;
  mode: 'one_to_one' | 'bulk';
  state: 'launching' | 'running' | 'paused' | 'cancelled' | 'finished';
  windows: readonly Window[];
  expiryMs: number;
  /** Nothing is sent from then on, whatever open time is left; Infinity where open time alone decides. */
  expiresAtMs: number;
  openSinceMs: number;
  rescanEpoch: number;
  isCut: boolean;
  total: number;
  counts: Record<DeliveryState, number>;
  finishedAtMs: number | null;
};

export type Lane = {
  id: string;
  source: string;
  owner: string | null;
  epoch: number;
  leaseUntilMs: number | null;
};

export type LaneCampaign = {
  laneId: string;
  tenantId: string;
  campaignId: string;
  nextDueMs: number;
  isDone: boolean;
};

export type Delivery = {
  readonly id: string;
  readonly ordinal: number;
  readonly tenantId: string;
  readonly campaignId: string;
  readonly laneId: string;
  readonly domain: string;
  readonly site: string;
  readonly group: string;
  readonly person: string;
  state: DeliveryState;
  attempts: number;
  /** Its last refusal was vetoed by the false-550 protection. */
  isQuarantined?: boolean;
  epoch: number;
  nextAttemptMs: number;
  /** The log: one for each attempt. */
  events: LogRow[];
};

export type SiteShare = {
  laneId: string;
  epoch: number;
  site: string;
  source: string;
  want: number;
  granted: number;
};

export type LogRow = { attempt: number; disposition: string; atMs: number; epoch: number };
