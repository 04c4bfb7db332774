/**
 * No tenant starves: while a lane sends to a site, every tenant with rows due there gets its turn among so many messages
 * of the others. Counted in transactions, looked at in full only when a turn seems late.
 */

import { mayBeSent } from '../database/rules.ts';
import type { Tables } from '../database/tables.ts';
import type { Findings } from './findings.ts';

export class Fairness {
  readonly #tables: Tables;
  readonly #findings: Findings;
  readonly #isOpen: (rowId: string, atMs: number) => boolean;
  readonly #places = new Map<string, Place>();

  /** @param isOpen whether the row's window lets it be sent now */
  constructor(
    tables: Tables,
    findings: Findings,
    isOpen: (rowId: string, atMs: number) => boolean,
  ) {
    this.#tables = tables;
    this.#findings = findings;
    this.#isOpen = isOpen;
  }

  /** A transaction was given to a session. */
  sent(laneId: string, site: string, tenantId: string, nowMs: number): void {
    const key = `${laneId} ${site}`;
    let place = this.#places.get(key);
    if (place === undefined || nowMs - place.lastMs > QUIET_MS) {
      place = { lastMs: nowMs, turns: new Map() };
      this.#places.set(key, place);
    }
    place.lastMs = nowMs;
    place.turns.set(tenantId, { othersSince: 0, sinceMs: nowMs });
    for (const tenant of this.#tables.tenants.keys()) {
      if (tenant === tenantId) continue;
      const turn = place.turns.get(tenant) ?? { othersSince: 0, sinceMs: nowMs };
      turn.othersSince += 1;
      place.turns.set(tenant, turn);
      // What is waiting has to be read first, campaign by campaign.
      if (turn.othersSince < LATE_AFTER || nowMs - turn.sinceMs < LATE_MS) continue;
      const waits = this.#waits(laneId, site, tenant, turn.sinceMs, nowMs);
      this.#findings.check(
        'no-tenant-starves',
        !waits,
        () =>
          `tenant ${tenant} waits in lane ${laneId} for ${site} while others sent ${turn.othersSince}`,
      );
      turn.othersSince = 0;
      turn.sinceMs = nowMs;
    }
  }

  /** Whether a row of the tenant could have gone all the time. */
  #waits(laneId: string, site: string, tenantId: string, sinceMs: number, nowMs: number): boolean {
    for (const { campaignId, tenantId: owner } of this.#tables.laneCampaigns) {
      if (owner !== tenantId) continue;
      for (const row of this.#tables.rowsOf(campaignId, laneId)) {
        if (row.state !== 'waiting' || row.site !== site || row.nextAttemptMs > sinceMs) continue;
        if (!mayBeSent(this.#tables, row, nowMs)) break;
        return this.#isOpen(row.id, sinceMs) && this.#isOpen(row.id, nowMs);
      }
    }
    return false;
  }
}

const LATE_AFTER = 60;
const LATE_MS = 5_000;
const QUIET_MS = 5_000;

type Place = { lastMs: number; turns: Map<string, { othersSince: number; sinceMs: number }> };
