/** Lanes in which something waits, for staff: where to, from which source, for how many campaigns, who delivers now. */
import type { StaffScope } from '../scope/scopes.ts';

export interface StaffLane {
  id: string;
  site: string;
  source: string;
  campaigns: number;
  nextDueAt: Date;
  /** The worker that holds its lease; null when nobody does. */
  owner: string | null;
}

/** The first 200 by site: those of campaigns under way that have somebody left. */
export async function listLanes(scope: StaffScope): Promise<StaffLane[]> {
  return scope.sql<StaffLane>`
    select l.id::text as id, l.site, l.source, count(*)::int as campaigns, min(cl.next_due_at) as "nextDueAt",
           case when l.lease_until > now() then l.owner end as owner
      from lane l join campaign_lane cl on cl.lane_id = l.id
      join campaign c on c.tenant_id = cl.tenant_id and c.id = cl.campaign_id
     where cl.done_at is null and c.state in ('launching', 'running')
     group by l.id order by l.site, l.source limit 200`;
}
