/**
 * Parts of a cap on sessions that several lanes share, each good as long as its lane's lease of that epoch is. As
 * packages/db/src/site/share-sessions.ts writes it in SQL, under the site's lock.
 */
import type { SiteShare, Tables } from './tables.ts';

export type ShareClaim = {
  laneId: string;
  epoch: number;
  site: string;
  want: number;
  /** What the lane holds to by itself, and cannot be taken from it now. */
  bound: number;
};

type Grant = (
  site: string,
  shares: readonly SiteShare[],
  turn: number,
) => ReadonlyMap<string, number>;

/** Notes the claims, asks `grant` for the new parts of a site's own lanes, and keeps them. Answers all valid parts. */
export function shareSessions(
  tables: Tables,
  claims: readonly ShareClaim[],
  grant: Grant,
  nowMs: number,
): SiteShare[] {
  const isValid = ({ laneId, epoch }: { laneId: string; epoch: number }) => {
    const lane = tables.lanes.get(laneId);
    return lane?.epoch === epoch && lane.leaseUntilMs !== null && lane.leaseUntilMs > nowMs;
  };
  for (const { laneId, epoch, site, want, bound } of claims) {
    // A former owner that wakes up must not hide what the present one holds.
    if ((tables.shares.get(`${site} ${laneId}`)?.epoch ?? 0) > epoch) continue;
    const source = tables.lanes.get(laneId)?.source ?? '';
    tables.shares.set(`${site} ${laneId}`, { laneId, epoch, site, source, want, granted: bound });
  }
  const answer: SiteShare[] = [];
  for (const site of new Set(claims.map((claim) => claim.site))) {
    const shares = [...tables.shares.values()].filter(
      (share) => share.site === site && isValid(share),
    );
    for (const [laneId, granted] of grant(site, shares, Math.floor(nowMs / TURN_MS))) {
      const share = shares.find((one) => one.laneId === laneId);
      if (share !== undefined) share.granted = granted;
    }
    answer.push(...shares.map((share) => ({ ...share })));
  }
  return answer;
}

const TURN_MS = 30_000;
