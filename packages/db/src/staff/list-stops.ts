/** What is stopped now: all of it for staff, and for a tenant what holds up a campaign of its own, with the reason. */
import { requireUuid } from '../scope/ids.ts';
import type { StaffScope, TenantScope } from '../scope/scopes.ts';
import type { StopScope } from './stop-switch.ts';

export interface Stop {
  scope: StopScope;
  key: string;
  reason: string;
  stoppedAt: Date;
}

export interface StaffStop extends Stop {
  /** The name of the tenant, or site and source of the lane; else the key. */
  label: string;
  stoppedBy: string | null;
}

/** The widest first, then the latest. */
export async function listStops(scope: StaffScope): Promise<StaffStop[]> {
  return scope.sql<StaffStop>`
    select s.scope::text as scope, s.key, s.reason, s.stopped_at as "stoppedAt", u.email as "stoppedBy",
           coalesce(t.name, l.site || ' · ' || l.source, s.key) as label
      from stop_switch s
      left join tenant t on s.scope = 'tenant' and t.id::text = s.key
      left join lane l on s.scope = 'lane' and l.id::text = s.key
      left join app_user u on u.id = s.stopped_by
     order by s.scope, s.stopped_at desc`;
}

/** Those that stop the tenant as a whole: everything, or itself. */
export async function stopsOfTenant(scope: TenantScope): Promise<Stop[]> {
  return scope.sql<Stop>`
    select scope::text as scope, key, reason, stopped_at as "stoppedAt" from stop_switch
     where scope = 'everything' or (scope = 'tenant' and key = ${scope.tenantId}) order by scope`;
}

/** Also those of lanes and destinations in which this campaign still has somebody waiting. Throws DbError INVALID_ID. */
export async function stopsOfCampaign(scope: TenantScope, campaignId: string): Promise<Stop[]> {
  const id = requireUuid(campaignId, 'The campaign id');
  const parts = await scope.sql<Stop>`
    select s.scope::text as scope, s.key, s.reason, s.stopped_at as "stoppedAt" from stop_switch s
     where s.scope in ('lane', 'destination')
       and (exists (select from campaign_lane cl join lane l on l.id = cl.lane_id
                     where cl.tenant_id = ${scope.tenantId}::uuid and cl.campaign_id = ${id}::uuid and cl.done_at is null
                       and (case s.scope when 'lane' then l.id::text else l.site end) = s.key)
            or (s.scope = 'destination'
                and exists (select from delivery d where d.tenant_id = ${scope.tenantId}::uuid and d.campaign_id = ${id}::uuid
                               and d.domain = s.key and d.state = 'waiting')))
     order by s.scope, s.stopped_at desc limit 20`;
  return [...(await stopsOfTenant(scope)), ...parts];
}
