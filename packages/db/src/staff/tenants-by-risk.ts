/** Every tenant with what its addresses answered lately, from one small rollup: what staff sort by. */
import type { StaffScope } from '../scope/scopes.ts';

export interface TenantRisk {
  tenantId: string;
  name: string;
  status: string;
  isCleaningOn: boolean;
  isCleaningEnforced: boolean;
  weight: number;
  rateMax: number | null;
  sourcePool: string;
  accepted: number;
  hardBounced: number;
  unknownUsers: number;
  blocked: number;
  quarantined: number;
  /** Hard bounces, and blocks, of all that were answered; null without any. */
  hardShare: number | null;
  blockShare: number | null;
  /** Share of hard bounces in the later half of the period less that in the earlier half; null without both. */
  trend: number | null;
  /** What the table begins with; 0 and up. */
  risk: number;
}

/** Within the last `days`, the riskiest first. */
export async function tenantsByRisk(
  scope: StaffScope,
  { days }: { days: number },
): Promise<TenantRisk[]> {
  return scope.sql<TenantRisk>`
    with sums as (
      select tenant_id, sum(accepted)::int as accepted, sum(hard_bounced)::int as hard_bounced, sum(unknown_users)::int as unknown_users,
             sum(blocked)::int as blocked, sum(quarantined)::int as quarantined,
             sum(accepted) filter (where late)::float8 as late_accepted, sum(hard_bounced) filter (where late)::float8 as late_bounced,
             sum(accepted) filter (where not late)::float8 as early_accepted, sum(hard_bounced) filter (where not late)::float8 as early_bounced
        from (select *, day > current_date - ${days}::int / 2 as late from hygiene_tenant_day where day > current_date - ${days}::int) d
       group by tenant_id
    ), shares as (
      select *, hard_bounced::float8 / nullif(accepted + hard_bounced + blocked, 0) as hard_share,
             blocked::float8 / nullif(accepted + hard_bounced + blocked, 0) as block_share,
             late_bounced / nullif(late_accepted + late_bounced, 0) - early_bounced / nullif(early_accepted + early_bounced, 0) as trend
        from sums
    )
    select t.id::text as "tenantId", t.name, t.status::text as status, t.is_cleaning_on as "isCleaningOn",
           t.is_cleaning_enforced as "isCleaningEnforced", t.weight::float8 as weight, t.rate_max::float8 as "rateMax", t.source_pool as "sourcePool",
           coalesce(s.accepted, 0) as accepted, coalesce(s.hard_bounced, 0) as "hardBounced", coalesce(s.unknown_users, 0) as "unknownUsers",
           coalesce(s.blocked, 0) as blocked, coalesce(s.quarantined, 0) as quarantined,
           s.hard_share as "hardShare", s.block_share as "blockShare", s.trend,
           coalesce(s.hard_share, 0) * 100 + coalesce(s.block_share, 0) * 200 + greatest(coalesce(s.trend, 0), 0) * 100
             + case when not t.is_cleaning_on and not t.is_cleaning_enforced and s.hard_bounced > 0 then 5 else 0 end as risk
      from tenant t left join shares s on s.tenant_id = t.id
     order by risk desc, t.name`;
}

/** What staff have set for one tenant; null when there is none. */
export async function tenantControls(
  scope: StaffScope,
  tenantId: string,
): Promise<Pick<
  TenantRisk,
  'isCleaningOn' | 'isCleaningEnforced' | 'weight' | 'rateMax' | 'sourcePool'
> | null> {
  const rows = await scope.sql<TenantRisk>`
    select is_cleaning_on as "isCleaningOn", is_cleaning_enforced as "isCleaningEnforced", weight::float8 as weight,
           rate_max::float8 as "rateMax", source_pool as "sourcePool" from tenant where id = ${tenantId}::uuid`;
  return rows[0] ?? null;
}
