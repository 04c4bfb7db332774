/** How fast domains were in the last two weeks, and how fast a running campaign is now: what a forecast is made from. */
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

/** Recipients answered a second while a session was open, and the share of them that was put off. `site`: null where unknown. */
export interface DomainSpeed {
  domain: string;
  site: string | null;
  answered: number;
  deferred: number;
  busyMs: number;
  /** Sources that sent there: their speeds add up. */
  sources: number;
  /** Hours with traffic: how sure it is. */
  hours: number;
}

/** In the order asked. A domain of which nothing is known has zeros. */
export async function readDomainSpeeds(
  scope: TenantScope,
  domains: readonly string[],
): Promise<DomainSpeed[]> {
  return scope.sql<DomainSpeed>`
    select w.domain, d.site, coalesce(h.answered, 0)::float8 as answered, coalesce(h.deferred, 0)::float8 as deferred,
           coalesce(h.busy, 0)::float8 as "busyMs", coalesce(h.sources, 0)::int as sources, coalesce(h.hours, 0)::int as hours
      from unnest(${[...domains]}::text[]) with ordinality as w(domain, n)
      left join site_domain d on d.domain = w.domain
      left join lateral (
        select sum(accepted + deferred + bounced) as answered, sum(deferred) as deferred, sum(busy_ms) as busy,
               count(distinct source) as sources, count(distinct hour) as hours
          from site_hour where site = d.site and hour > now() - interval '14 days') h on true
     order by w.n`;
}

/** One lane of a running campaign. */
export interface LanePace {
  laneId: string;
  /** `quiet-n` and `other` are buckets of small destinations. */
  site: string;
  /** Not tried yet, and put off: each of the second kind waits for its next attempt. */
  untried: number;
  deferred: number;
  /** Attempts with an answer a second; null while nothing is measured. */
  pace: number | null;
  deferredShare: number | null;
  paceAt: Date | null;
  /** The domain with most people who wait here: its windows stand for the lane's. */
  domain: string | null;
}

/** Lanes with somebody waiting, those with most first. Throws DbError INVALID_ID. */
export async function readLanePaces(scope: TenantScope, campaignId: string): Promise<LanePace[]> {
  const id = requireUuid(campaignId, 'The campaign id');
  return scope.sql<LanePace>`
    with parts as (
      select lane_id, domain, count(*) filter (where attempts = 0) as untried, count(*) filter (where attempts > 0) as deferred
        from delivery
       where tenant_id = ${scope.tenantId}::uuid and campaign_id = ${id}::uuid and state in ('waiting', 'sending')
       group by lane_id, domain
    )
    select p.lane_id::text as "laneId", l.site, sum(p.untried)::int as untried, sum(p.deferred)::int as deferred, cl.pace,
           cl.deferred_share as "deferredShare", cl.pace_at as "paceAt",
           (array_agg(p.domain order by p.untried + p.deferred desc, p.domain))[1] as domain
      from parts p join lane l on l.id = p.lane_id
      join campaign_lane cl on cl.tenant_id = ${scope.tenantId}::uuid and cl.campaign_id = ${id}::uuid and cl.lane_id = p.lane_id
     group by p.lane_id, l.site, cl.pace, cl.deferred_share, cl.pace_at
     order by sum(p.untried + p.deferred) desc, l.site`;
}
