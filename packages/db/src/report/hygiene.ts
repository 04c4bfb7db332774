/** A tenant's own hygiene, from the counters that follow the log: how addresses answered, who was cleaned, what is in quarantine. */
import { requireUuid } from '../scope/ids.ts';
import { emptyFragment, fragment, type StaffScope, type TenantScope } from '../scope/scopes.ts';

/** Attempts by outcome. `key` is a day, a domain, a campaign's id, a list's id or a category. */
export interface HygieneRow {
  key: string;
  name: string;
  accepted: number;
  hardBounced: number;
  unknownUsers: number;
  blocked: number;
  quarantined: number;
  full: number;
}

export interface Hygiene {
  byDay: HygieneRow[];
  byDestination: HygieneRow[];
  byCampaign: HygieneRow[];
  byList: HygieneRow[];
  /** Refusals only: [category, attempts]. */
  byReason: { category: string; count: number }[];
}

/** Throws DbError INVALID_ID. */
export async function hygieneOf(
  scope: TenantScope,
  period: { days: number; campaignId?: string },
): Promise<Hygiene> {
  return readHygiene(scope, scope.tenantId, period);
}

/** Of any tenant. Throws DbError INVALID_ID. */
export async function tenantHygiene(
  scope: StaffScope,
  tenantId: string,
  period: { days: number; campaignId?: string },
): Promise<Hygiene> {
  return readHygiene(scope, requireUuid(tenantId, 'The tenant id'), period);
}

const COUNTS = fragment`
  coalesce(sum(h.count) filter (where h.disposition = 'accepted'), 0)::int as accepted,
  coalesce(sum(h.count) filter (where h.disposition = 'bounced' and h.category <> 'reputation'), 0)::int as "hardBounced",
  coalesce(sum(h.count) filter (where h.disposition = 'bounced' and h.category in ('unknown-user', 'inactive', 'moved')), 0)::int as "unknownUsers",
  coalesce(sum(h.count) filter (where h.category in ('reputation', 'spam-content', 'quarantined')), 0)::int as blocked,
  coalesce(sum(h.count) filter (where h.category = 'quarantined'), 0)::int as quarantined,
  coalesce(sum(h.count) filter (where h.category = 'mailbox-full'), 0)::int as "full"`;

async function readHygiene(
  scope: TenantScope | StaffScope,
  tenantId: string,
  { days, campaignId }: { days: number; campaignId?: string },
): Promise<Hygiene> {
  const id = campaignId === undefined ? undefined : requireUuid(campaignId, 'The campaign id');
  const from = fragment`
    from hygiene_day h join campaign c on c.tenant_id = h.tenant_id and c.id = h.campaign_id
         left join list l on l.tenant_id = c.tenant_id and l.id = c.list_id
   where h.tenant_id = ${tenantId}::uuid and h.day > current_date - ${days}::int
         ${id ? fragment`and h.campaign_id = ${id}::uuid` : emptyFragment}`;
  const worstFirst = fragment`
    order by sum(h.count) filter (where h.disposition = 'bounced' or h.category = 'quarantined') desc nulls last, sum(h.count) desc limit 50`;
  const byDay = await scope.sql<HygieneRow>`
    select h.day::text as key, h.day::text as name, ${COUNTS} ${from} group by h.day order by h.day`;
  const byDestination = await scope.sql<HygieneRow>`
    select h.domain as key, h.domain as name, ${COUNTS} ${from} group by h.domain ${worstFirst}`;
  const byCampaign = await scope.sql<HygieneRow>`
    select c.id::text as key, c.name, ${COUNTS} ${from} group by c.id, c.name ${worstFirst}`;
  const byList = await scope.sql<HygieneRow>`
    select coalesce(l.id::text, '') as key, coalesce(l.name, '') as name, ${COUNTS} ${from} group by l.id, l.name ${worstFirst}`;
  const byReason = await scope.sql<{ category: string; count: number }>`
    select h.category, sum(h.count)::int as count ${from} and h.disposition <> 'accepted' group by h.category having sum(h.count) > 0 order by 2 desc`;
  return { byDay, byDestination, byCampaign, byList, byReason };
}

/** Who was cleaned, by the reason that did it. */
export interface Cleaned {
  reason: string;
  cleaned: number;
  released: number;
  /** The newest, as examples. */
  emails: string[];
}

/** Suppressed by cleaning within `days`. */
export async function cleanedOf(
  scope: TenantScope,
  { days }: { days: number },
): Promise<Cleaned[]> {
  return scope.sql<Cleaned>`
    select case when note = '' then 'unknown-user' else note end as reason,
           count(*) filter (where released_at is null)::int as cleaned, count(*) filter (where released_at is not null)::int as released,
           (array_agg(email order by id desc) filter (where released_at is null))[1:5] as emails
      from suppression
     where tenant_id = ${scope.tenantId}::uuid and reason = 'bounced' and created_at > now() - make_interval(days => ${days}::int)
     group by 1 order by 2 desc`;
}

export interface QuarantinedRow {
  deliveryId: string;
  email: string;
  domain: string;
  campaignId: string;
  campaignName: string;
  at: Date;
  code: number | null;
  text: string;
  wasCleaned: boolean;
  state: 'held' | 'accepted' | 'bounced' | 'released';
}

/** The newest first; at most 200. Throws DbError INVALID_ID. */
export async function quarantineOf(
  scope: TenantScope,
  filter: { campaignId?: string } = {},
): Promise<{ counts: Record<string, number>; rows: QuarantinedRow[] }> {
  const id =
    filter.campaignId === undefined ? undefined : requireUuid(filter.campaignId, 'The campaign id');
  const where = fragment`q.tenant_id = ${scope.tenantId}::uuid ${id ? fragment`and q.campaign_id = ${id}::uuid` : emptyFragment}`;
  const counts = await scope.sql<{ state: string; n: number }>`
    select q.state::text as state, count(*)::int as n from quarantine q where ${where} group by 1`;
  const rows = await scope.sql<QuarantinedRow>`
    select q.delivery_id::text as "deliveryId", d.email, q.domain, q.campaign_id::text as "campaignId", c.name as "campaignName",
           q.at, q.code::int as code, q.text, q.was_cleaned as "wasCleaned", q.state::text as state
      from quarantine q join delivery d on d.tenant_id = q.tenant_id and d.id = q.delivery_id
      join campaign c on c.tenant_id = q.tenant_id and c.id = q.campaign_id
     where ${where} order by q.at desc limit 200`;
  return { counts: Object.fromEntries(counts.map(({ state, n }) => [state, n])), rows };
}

export interface TimelineRow {
  at: Date;
  action: string;
  isStaff: boolean;
  target: string;
  reason: string;
  detail: Record<string, unknown>;
}

/** What the protection and staff did that concerns this tenant, the newest first. */
export async function hygieneTimeline(scope: TenantScope): Promise<TimelineRow[]> {
  return scope.sql<TimelineRow>`
    select at, action, is_staff as "isStaff", target, reason, detail from audit
     where tenant_id = ${scope.tenantId}::uuid
       and (is_staff or action like 'quarantine.%' or action in ('suppression.release', 'suppression.release-many'))
     order by at desc limit 50`;
}
