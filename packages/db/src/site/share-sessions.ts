/**
 * Who holds which part of a cap on sessions that several lanes share, whichever worker owns them. A part is good as long as its
 * lane's lease of that epoch is. Invariant: under the site's lock, parts only grow into what all the others leave.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** `bound`: what the lane holds to by itself from before this was asked, and cannot be taken from it now. */
export interface ShareClaim {
  laneId: string;
  epoch: number;
  site: string;
  want: number;
  bound: number;
}

/** All valid parts of one site. */
export interface SiteShare {
  site: string;
  laneId: string;
  source: string;
  want: number;
  granted: number;
}

/** Rises every half minute, by the database's clock. */
const TURN_S = 30;

/**
 * Notes the claims, asks `grant` for the new parts of a site's own lanes, and keeps them. Answers the parts by `laneId site`;
 * a lane whose lease is over has none. `grant` is called once a site and must be pure.
 */
export async function shareSessions(
  scope: WorkerScope,
  claims: readonly ShareClaim[],
  grant: (site: string, shares: readonly SiteShare[], turn: number) => ReadonlyMap<string, number>,
): Promise<SiteShare[][]> {
  const sites = [...new Set(claims.map(({ site }) => site))].sort();
  return scope.transaction(async (client) => {
    // In order, so that two workers never wait for each other.
    await client.query(
      `select pg_advisory_xact_lock(hashtextextended('site-share:' || site, 0)) from unnest($1::text[]) as w(site)`,
      [sites],
    );
    await client.query(NOTE, [
      claims.map(({ site }) => site),
      claims.map(({ laneId }) => laneId),
      claims.map(({ epoch }) => epoch),
      claims.map(({ want }) => want),
      claims.map(({ bound }) => bound),
    ]);
    // A statement of its own: it has to see what was committed while this one waited for the lock.
    const { rows } = await client.query<SiteShare & { turn: number }>(VALID, [sites]);
    const bySite = sites.map((site) => rows.filter((row) => row.site === site));
    const changed: { site: string; laneId: string; granted: number }[] = [];
    for (const [index, site] of sites.entries()) {
      const shares = bySite[index] ?? [];
      for (const [laneId, granted] of grant(site, shares, shares[0]?.turn ?? 0)) {
        const share = shares.find((one) => one.laneId === laneId);
        if (!share || share.granted === granted) continue;
        share.granted = granted;
        changed.push({ site, laneId, granted });
      }
    }
    if (changed.length > 0)
      await client.query(
        `update site_share s set granted = w.granted
           from unnest($1::text[], $2::bigint[], $3::int[]) as w(site, lane_id, granted)
          where s.site = w.site and s.lane_id = w.lane_id`,
        [
          changed.map(({ site }) => site),
          changed.map(({ laneId }) => laneId),
          changed.map(({ granted }) => granted),
        ],
      );
    return bySite;
  });
}

/** A former owner that wakes up must not hide what the present one holds: its claim, of an older epoch, is passed over. */
const NOTE = `
  with gone as (
    delete from site_share s using lane l
     where s.site = any($1::text[]) and l.id = s.lane_id
       and (l.epoch <> s.epoch or l.lease_until is null or l.lease_until <= now())
       and not s.lane_id = any($2::bigint[])
  )
  insert into site_share (site, lane_id, epoch, want, granted)
  select w.site, w.lane_id, w.epoch, w.want, w.bound
    from unnest($1::text[], $2::bigint[], $3::int[], $4::int[], $5::int[]) as w(site, lane_id, epoch, want, bound)
  on conflict (site, lane_id) do update set epoch = excluded.epoch, want = excluded.want, granted = excluded.granted
   where site_share.epoch <= excluded.epoch`;

const VALID = `
  select s.site, s.lane_id as "laneId", l.source, s.want, s.granted,
         floor(extract(epoch from now()) / ${TURN_S})::int as turn
    from site_share s join lane l on l.id = s.lane_id and l.epoch = s.epoch and l.lease_until > now()
   where s.site = any($1::text[]) order by s.site, s.lane_id`;
