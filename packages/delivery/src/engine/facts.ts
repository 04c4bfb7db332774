/**
 * What the core is told about the world: rows, destinations, campaigns, lanes. Plain data; the driver's objects may carry
 * more (addresses, fields), and come back in commands as they were given.
 */
import type { OpenTime } from '../open-time.ts';
import type { LearnedLimits } from '../site-limits.ts';

/** A waiting delivery as its lane's owner works with it. */
export interface Row {
  readonly id: string;
  readonly tenantId: string;
  readonly campaignId: string;
  readonly domain: string;
  /** Key of the destination group of its domain, whose windows bind. */
  readonly group: string;
  /** Attempts so far. */
  readonly attempts: number;
  /** Epoch ms. */
  readonly nextAttemptMs: number;
  /** It accepted mail within 30 days: a refusal now speaks of a block. */
  readonly isCanary?: boolean;
  /** Its last refusal was vetoed: this is its one retry. */
  readonly isQuarantined?: boolean;
}

/** Where a domain's mail goes. `transient`: it could not be found out now; `permanent`: it takes no mail. */
export type Destination =
  | {
      kind: 'site';
      site: string;
      /** How many hosts stand behind the site, at least 1. */
      hosts: number;
      profile: SiteProfile;
      /** What was learned of it before this process began. */
      learned?: LearnedLimits;
    }
  | Unroutable;

export type Unroutable = { kind: 'transient' | 'permanent'; category: string };

/** Limits known of a site from outside: seeded, set by staff, or announced. Undefined: nothing is known. */
export interface SiteProfile {
  /** Of one source. */
  readonly sessionsMax?: number;
  /** Of the whole installation: all sources, lanes and workers together. */
  readonly sessionsMaxAll?: number;
  readonly transactionsMax?: number;
  readonly recipientsMax?: number;
  /** Probing the recipient limit upward may cost mail here (docomo drops earlier recipients too). */
  readonly isProbeForbidden?: boolean;
  /** Recipients a second, for one lane. */
  readonly rateMax?: number;
}

/** A running campaign in one lane, as the database says now. */
export interface CampaignFacts {
  readonly campaignId: string;
  readonly tenantId: string;
  readonly mode: 'one_to_one' | 'bulk';
  /** Share of a lane's session time relative to other tenants; 1 unless staff say otherwise. */
  readonly weight: number;
  /** Recipients a second of its tenant for one lane at one site, as staff say. */
  readonly rateMax?: number;
  /** The intersection of all windows that bind rows of a destination group. */
  readonly clockOf: (group: string) => OpenTime;
  /** Compared to see whether the windows changed. */
  readonly windowsKey: string;
  /** Open time until a waiting row expires, counted from `openSinceMs`. */
  readonly expiryMs: number;
  readonly openSinceMs: number;
  /** Epoch ms from which nothing is sent whatever open time is left; Infinity where open time alone decides. */
  readonly expiresByMs: number;
  /** Raised when rows became waiting again behind the reader. */
  readonly rescanEpoch: number;
  /** False while the audience is still being cut: more rows may follow. */
  readonly isCut: boolean;
}

export interface LaneFacts {
  readonly laneId: string;
  readonly source: string;
  readonly epoch: number;
}

/** Wall clock for windows and retries, monotonic clock for leases. Both in ms. */
export interface Now {
  readonly wallMs: number;
  readonly monoMs: number;
}
