/**
 * What a worker is doing at each of its sites, and how fast its campaigns go: written every few seconds, from what it has in
 * memory. Nothing here is per message. Rows that nobody has written for ten minutes are of workers that are gone.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

export interface SiteStatusRow {
  site: string;
  laneId: string;
  source: string;
  sessionsOpen: number;
  sessionsOpening: number;
  sessionsWindow: number;
  sessionsCap: number;
  acceptedPerSecond: number;
  answeredPerSecond: number;
  /** Null while nothing was answered. */
  deferredShare: number | null;
  queued: number;
  backOffUntilMs: number | null;
  failures: number;
  trouble: { why: string; atMs: number } | null;
  limits: object;
  /** Since it was last written. */
  since: { accepted: number; deferred: number; bounced: number; busyMs: number };
}

/** Recipients answered a second for one campaign in one lane. */
export interface CampaignPace {
  tenantId: string;
  campaignId: string;
  laneId: string;
  pace: number;
  deferredShare: number | null;
}

/**
 * One statement. The counts of `since` are added to the hour's. A lane that was given back and taken again in between comes
 * twice: the counts of both are added, and the later row stays.
 */
export async function writeSiteStatus(
  scope: WorkerScope,
  worker: string,
  rows: readonly SiteStatusRow[],
): Promise<void> {
  await scope.query(WRITE, [worker, JSON.stringify(rows)]);
}

/** One statement. */
export async function writeCampaignPaces(
  scope: WorkerScope,
  paces: readonly CampaignPace[],
): Promise<void> {
  if (paces.length === 0) return;
  await scope.query(
    `update campaign_lane cl set pace = w.pace, deferred_share = w."deferredShare", pace_at = now()
       from jsonb_to_recordset($1::jsonb)
              as w("tenantId" uuid, "campaignId" uuid, "laneId" bigint, pace real, "deferredShare" real)
      where cl.tenant_id = w."tenantId" and cl.campaign_id = w."campaignId" and cl.lane_id = w."laneId"`,
    [JSON.stringify(paces)],
  );
}

/** To which sites busy domains lead, as looked up for a launch. */
export async function saveSiteDomains(
  scope: WorkerScope,
  found: readonly { domain: string; site: string }[],
): Promise<void> {
  await scope.query(
    `insert into site_domain (domain, site)
     select distinct on (domain) domain, site from unnest($1::text[], $2::text[]) as w(domain, site) order by domain
     on conflict (domain) do update set site = excluded.site, at = now()`,
    [found.map(({ domain }) => domain), found.map(({ site }) => site)],
  );
}

const COLUMNS = `site, lane_id, source, worker, at, sessions_open, sessions_opening, sessions_window, sessions_cap,
  accepted_per_second, answered_per_second, deferred_share, queued, back_off_until, failures, trouble, trouble_at, limits`;

const WRITE = `
  with given as (
    select * from rows from (jsonb_to_recordset($2::jsonb) as (
      site text, "laneId" bigint, source text, "sessionsOpen" int, "sessionsOpening" int, "sessionsWindow" int,
      "sessionsCap" int, "acceptedPerSecond" real, "answeredPerSecond" real, "deferredShare" real, queued int,
      "backOffUntilMs" float8, failures int, trouble jsonb, limits jsonb, since jsonb)) with ordinality as w(
      site, "laneId", source, "sessionsOpen", "sessionsOpening", "sessionsWindow", "sessionsCap", "acceptedPerSecond",
      "answeredPerSecond", "deferredShare", queued, "backOffUntilMs", failures, trouble, limits, since, nth)
  ), gone as (
    delete from site_status where at < now() - interval '10 minutes'
  ), old as (
    delete from site_hour where hour < now() - interval '90 days'
  ), hours as (
    insert into site_hour (site, source, hour, accepted, deferred, bounced, busy_ms)
    select site, source, date_trunc('hour', now()), sum((since->>'accepted')::bigint), sum((since->>'deferred')::bigint),
           sum((since->>'bounced')::bigint), sum((since->>'busyMs')::bigint)
      from given group by site, source having sum((since->>'busyMs')::bigint) > 0 order by site, source
    on conflict (site, source, hour) do update
       set accepted = site_hour.accepted + excluded.accepted, deferred = site_hour.deferred + excluded.deferred,
           bounced = site_hour.bounced + excluded.bounced, busy_ms = site_hour.busy_ms + excluded.busy_ms
  )
  insert into site_status (${COLUMNS})
  select distinct on (site, "laneId") site, "laneId", source, $1, now(), "sessionsOpen", "sessionsOpening", "sessionsWindow", "sessionsCap",
         "acceptedPerSecond", "answeredPerSecond", "deferredShare", queued, to_timestamp("backOffUntilMs" / 1000), failures,
         trouble->>'why', to_timestamp((trouble->>'atMs')::float8 / 1000), limits
    from given
   order by site, "laneId", nth desc
  on conflict (site, lane_id) do update
     set (${COLUMNS}) = (${COLUMNS.split(',')
       .map((column) => `excluded.${column.trim()}`)
       .join(', ')})`;
