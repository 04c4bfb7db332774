/** Everything that is decided before a run begins: the installation, its mail, its receivers, and what will go wrong. */
import type { Window } from '@hikyaku/campaigns';
import type { EngineSettings } from '@hikyaku/delivery';
import type { Manners } from '../receivers/manners.ts';
import type { Domain } from './directory.ts';

export type Plan = {
  seed: number;
  startMs: number;
  /** A run that is not over by then has failed. */
  limitMs: number;
  sources: readonly string[];
  tenants: readonly TenantPlan[];
  campaigns: readonly CampaignPlan[];
  domains: ReadonlyMap<string, Domain>;
  sites: readonly { name: string; manners: Manners }[];
  windows: { installation: readonly Window[]; groups: Map<string, readonly Window[]> };
  machines: readonly { name: string; clockRate: number }[];
  /** `seed` is each process's own. */
  settings: Omit<EngineSettings, 'seed'>;
  leaseMs: number;
  lanes: { busyMin: number; buckets: number };
  /** Rows whose message cannot be made. */
  uncomposable: ReadonlySet<string>;
  faults: readonly FaultPlan[];
};

export type TenantPlan = {
  id: string;
  weight: number;
  windows: readonly Window[];
  /** The pool that it sends from; otherwise from every source of the plan. */
  sources?: readonly string[];
};

export type CampaignPlan = {
  id: string;
  tenantId: string;
  mode: 'one_to_one' | 'bulk';
  windows: readonly Window[];
  expiryMs: number;
  /** Nothing is sent later than so long after the start. */
  expiresInMs: number;
  /** Domains of its recipients, in their order. */
  domains: readonly string[];
  /** The audience is cut in so many pieces while the first are being sent already. */
  chunks: number;
  startsInMs: number;
};

/** `after`: struck when this share of all rows has had an outcome. */
export type FaultPlan = { name: string; after: number };
