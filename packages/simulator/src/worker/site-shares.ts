/**
 * Caps on sessions that several lanes share, on this or another worker: says what the lanes of this process want and hold,
 * and tells the core what they were granted. As apps/worker does it.
 */
import { divideSessions, grantSessions, type SiteClaim, siteClaims } from '@hikyaku/delivery';
import { shareSessions } from '../database/share-rules.ts';
import type { SiteShare, Tables } from '../database/tables.ts';
import type { Worker } from './worker.ts';

export class SiteShares {
  readonly #worker: Worker;
  readonly #tables: Tables;
  readonly #nowMs: () => number;
  #isAsking = false;

  constructor(worker: Worker, tables: Tables, nowMs: () => number) {
    this.#worker = worker;
    this.#tables = tables;
    this.#nowMs = nowMs;
  }

  /** One round, unless one is under way. */
  round(): void {
    const claims = siteClaims(this.#worker.host.state);
    if (this.#isAsking || claims.length === 0) return;
    this.#isAsking = true;
    const targets = new Map<string, number>();
    const asked = claims.map(({ granted, held, ...claim }) => ({
      ...claim,
      bound: Math.max(granted, held),
    }));
    const grant = (site: string, shares: readonly SiteShare[], turn: number) => {
      const own = claims.filter((claim) => claim.site === site);
      const { caps } = own[0] as SiteClaim;
      for (const [laneId, target] of divideSessions(shares, caps, turn))
        targets.set(`${laneId} ${site}`, target);
      return grantSessions(shares, new Set(own.map(({ laneId }) => laneId)), caps, turn);
    };
    this.#worker.link.run(
      () => shareSessions(this.#tables, asked, grant, this.#nowMs()),
      (shares) => {
        this.#isAsking = false;
        this.#tell(claims, shares, targets);
      },
      () => {
        this.#isAsking = false;
      },
    );
  }

  #tell(
    claims: readonly SiteClaim[],
    shares: readonly SiteShare[],
    targets: ReadonlyMap<string, number>,
  ): void {
    for (const { laneId, site, granted } of shares) {
      const claim = claims.find((one) => one.laneId === laneId && one.site === site);
      // Who has more than its part shrinks first; the database hears of it with the next round.
      const sessions = Math.min(granted, targets.get(`${laneId} ${site}`) ?? 0);
      if (claim !== undefined && claim.granted !== sessions)
        this.#worker.dispatch({ type: 'sessions-granted', laneId, site, sessions });
    }
  }
}
