/**
 * Address cleaning of a lane's finished work: a dead mailbox refused at RCPT enters suppression where the same site and
 * source accepted others both before and after it (shared rule of P5), and the tenant's cleaning is on. Read from the
 * rows themselves, so that a crash forgets nothing.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** How many were newly suppressed; their waiting rows in other campaigns are cancelled in the same statement. */
export async function cleanDeadAddresses(
  scope: WorkerScope,
  laneId: string,
  campaignId: string,
): Promise<number> {
  return scope.transaction(async (client) => {
    // As everywhere that people are suppressed: with the tenant's row locked, no fence of this tenant is under way.
    await client.query(
      'select 1 from tenant where id = (select tenant_id from campaign where id = $1) for no key update',
      [campaignId],
    );
    const { rows } = await client.query<{ tenantId: string; emailKey: string }>(CLEAN, [
      campaignId,
      laneId,
    ]);
    if (rows.length === 0) return 0;
    await client.query(
      `update delivery d set state = 'cancelled', state_at = now(), category = 'suppressed:bounced'
         from unnest($1::uuid[], $2::text[]) as w(tenant_id, email_key)
        where d.tenant_id = w.tenant_id and d.email_key = w.email_key and d.state = 'waiting'`,
      [rows.map((row) => row.tenantId), rows.map((row) => row.emailKey)],
    );
    return rows.length;
  });
}

// In a quiet lane a domain is the site; in a busy one the lane is.
const CLEAN = `
with mine as materialized (
  select d.tenant_id, d.id, d.email, d.email_key, d.attempts, d.state, d.category, d.state_at,
         case when l.site like 'quiet-%' then d.domain else '' end as site
    from delivery d join lane l on l.id = d.lane_id join tenant t on t.id = d.tenant_id
   where d.campaign_id = $1 and d.lane_id = $2 and t.is_cleaning_on and d.state in ('accepted', 'bounced')
), good as (
  select site, min(state_at) as first, max(state_at) as last from mine where state = 'accepted' group by site
)
insert into suppression (tenant_id, email, email_key, reason, source_delivery_id, source_attempt)
select m.tenant_id, m.email, m.email_key, 'bounced', m.id, m.attempts
  from mine m join good g on g.site = m.site
 where m.state = 'bounced' and m.category = 'unknown-user' and g.first < m.state_at and g.last > m.state_at
   and exists (select from delivery_event e where e.tenant_id = m.tenant_id and e.delivery_id = m.id and e.attempt = m.attempts and e.phase = 'RCPT')
   and not exists (select from suppression s where s.tenant_id = m.tenant_id and s.source_delivery_id = m.id)
on conflict (tenant_id, email_key) where released_at is null do nothing
returning tenant_id as "tenantId", email_key as "emailKey"`;
