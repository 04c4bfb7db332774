/**
 * No tenant starves: a tenant with rows in the queue of a site gets its turn among so many transactions of the others.
 * What is not read yet is not judged here; the scenario P4-small-beside-big does.
 */
import type { Tables } from '../database/tables.ts';
import type { Worker } from '../worker/worker.ts';
import type { Findings } from './findings.ts';

export class Fairness {
  readonly #tables: Tables;
  readonly #findings: Findings;
  /** Transactions of others since a tenant's last turn, while it had rows queued: by worker, lane, site and tenant. */
  readonly #passedOver = new Map<string, number>();

  constructor(tables: Tables, findings: Findings) {
    this.#tables = tables;
    this.#findings = findings;
  }

  /** A transaction was given to a session. */
  sent(worker: Worker, laneId: string, site: string, tenantId: string): void {
    const pool = worker.host.state.lanes.get(laneId)?.pools.get(site);
    if (pool === undefined) return;
    const { queue, memory } = pool;
    const nowMs = worker.process.dayMs;
    const queued = new Set<string>();
    for (const { id, tenantId: owner } of this.#tables.campaigns.values())
      if (owner !== tenantId && queue.sizeOf(owner, id) > 0)
        if (memory.veto.mayGo(owner, nowMs) === 'yes')
          // Who is held up because its own refusals look like a block is not passed over.
          queued.add(owner);
    for (const owner of this.#tables.tenants.keys()) {
      const key = `${worker.process.name} ${laneId} ${site} ${owner}`;
      const passedOver = queued.has(owner) ? (this.#passedOver.get(key) ?? 0) + 1 : 0;
      this.#passedOver.set(key, passedOver);
      if (passedOver === 0) continue;
      this.#findings.check(
        'no-tenant-starves',
        passedOver <= PASSED_OVER_MAX,
        () => `tenant ${owner} was passed over ${passedOver} times for ${site} in lane ${laneId}`,
      );
    }
  }
}

/** Weights, long transactions beside short ones, and as many sessions as there are. */
const PASSED_OVER_MAX = 100;
