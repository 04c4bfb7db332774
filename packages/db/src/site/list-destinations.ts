/** Destinations as staff see them: what every worker does there now, how it went, and what is known of them. */
import type { StaffScope } from '../scope/scopes.ts';

/** One lane at a site. Rates are of the last minute or so; older than `STALE_S` they are shown as what they were. */
export interface DestinationLane {
  laneId: string;
  source: string;
  worker: string;
  at: Date;
  sessionsOpen: number;
  sessionsOpening: number;
  sessionsWindow: number;
  sessionsCap: number;
  acceptedPerSecond: number;
  answeredPerSecond: number;
  deferredShare: number | null;
  queued: number;
  backOffUntil: Date | null;
  failures: number;
  trouble: string | null;
  troubleAt: Date | null;
}

export interface Destination {
  site: string;
  /** Busy domains that lead there, some of them. */
  domains: string[];
  lanes: DestinationLane[];
  /** In the last 24 hours. */
  day: { accepted: number; deferred: number; bounced: number };
  hasOverride: boolean;
  learned: number;
  /** The stop that holds it, if any. */
  stopReason: string | null;
}

/** One kind of failure from one source to one host. */
export interface DestinationEvent {
  /** The last and the first time within `EVENT_DAYS`. */
  at: Date;
  firstAt: Date;
  count: number;
  source: string;
  mxHost: string;
  phase: string;
  code: number | null;
  text: string;
  category: string;
}

const SITES_MAX = 200;
const EVENTS_MAX = 30;
const EVENT_DAYS = 7;

/**
 * The busiest first: those of which a worker has said something lately, those with traffic within a day, an override or a
 * learned limit. `search`: part of a site or of one of its domains; `site`: that one alone, whether or not it is known.
 */
export async function listDestinations(
  scope: StaffScope,
  { search = '', site = null }: { search?: string; site?: string | null } = {},
): Promise<Destination[]> {
  const like = `%${search
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
  return scope.sql<Destination>`
    with known as (
      select site from site_status
      union select site from site_hour where hour > now() - interval '1 day'
      union select site from site_profile
      union select site from site_learned where expires_at > now()
      union select key from stop_switch where scope = 'destination'
      union select ${site}::text where ${site}::text is not null
    ), wanted as (
      select site from known
       where (${site}::text is null or site = ${site}) and (${site}::text is not null or site like ${like} or exists (
         select from site_domain d where d.site = known.site and d.domain like ${like}))
    )
    select w.site, coalesce(d.domains, '{}') as domains, coalesce(s.lanes, '[]'::json) as lanes, h.day,
           p.site is not null as "hasOverride", coalesce(l.learned, 0)::int as learned, stop.reason as "stopReason"
      from wanted w
      left join lateral (select array_agg(domain) as domains
                           from (select domain from site_domain where site = w.site order by at desc, domain limit 20) few) d on true
      left join lateral (
        select json_agg(json_build_object(
                 'laneId', lane_id::text, 'source', source, 'worker', worker, 'at', at, 'sessionsOpen', sessions_open,
                 'sessionsOpening', sessions_opening, 'sessionsWindow', sessions_window, 'sessionsCap', sessions_cap,
                 'acceptedPerSecond', accepted_per_second, 'answeredPerSecond', answered_per_second,
                 'deferredShare', deferred_share, 'queued', queued, 'backOffUntil', back_off_until, 'failures', failures,
                 'trouble', trouble, 'troubleAt', trouble_at) order by source, lane_id) as lanes,
               sum(sessions_open) as sessions, sum(queued) as queued
          from site_status where site = w.site) s on true
      cross join lateral (
        select json_build_object('accepted', coalesce(sum(accepted), 0)::float8, 'deferred', coalesce(sum(deferred), 0)::float8,
                                 'bounced', coalesce(sum(bounced), 0)::float8) as day, sum(accepted) as accepted
          from site_hour where site = w.site and hour > now() - interval '1 day') h
      left join site_profile p on p.site = w.site
        and (p.quirks <> '{}' or num_nonnulls(p.sessions_max, p.recipients_max, p.transactions_max) > 0)
      left join lateral (select count(*) as learned from site_learned where site = w.site and expires_at > now()) l on true
      left join lateral (select reason from stop_switch where scope = 'destination' and key = any(array[w.site] || d.domains)
                          limit 1) stop on true
     order by coalesce(s.sessions, 0) desc, coalesce(s.queued, 0) desc, coalesce(h.accepted, 0) desc, w.site
     limit ${SITES_MAX}`;
}

/** What went wrong with the site itself within a week: each kind once, the latest first. */
export async function listSiteEvents(scope: StaffScope, site: string): Promise<DestinationEvent[]> {
  return scope.sql<DestinationEvent>`
    select max(at) as at, min(at) as "firstAt", count(*)::int as count, source, mx_host as "mxHost", phase, code, text, category
      from site_event where site = ${site} and at > now() - ${EVENT_DAYS} * interval '1 day'
     group by source, mx_host, phase, code, text, category order by max(at) desc limit ${EVENTS_MAX}`;
}
