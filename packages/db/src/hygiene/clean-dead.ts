/**
 * Address cleaning of a lane's finished work (P5): a mailbox that was refused as dead at RCPT enters suppression where the same
 * site and source accepted others both before and after it; else with the second such refusal, if they accepted others between
 * the two, or a day lies between. Not while a block stands. For tenants that want it, and where staff enforce it. Read from the
 * rows themselves: a crash forgets nothing.
 */
import type { WorkerClient, WorkerScope } from '../scope/worker-scope.ts';

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
    const { rows } = await client.query<CleanedPerson>(CLEAN, [campaignId, laneId]);
    await cancelWaitingOf(client, rows);
    return rows.length;
  });
}

/** Of those that were suppressed in this transaction. */
export async function cancelWaitingOf(
  client: WorkerClient,
  people: readonly CleanedPerson[],
): Promise<void> {
  if (people.length === 0) return;
  await client.query(
    `update delivery d set state = 'cancelled', state_at = now(), category = 'suppressed:bounced'
       from unnest($1::uuid[], $2::text[]) as w(tenant_id, email_key)
      where d.tenant_id = w.tenant_id and d.email_key = w.email_key and d.state = 'waiting'`,
    [people.map((row) => row.tenantId), people.map((row) => row.emailKey)],
  );
}

export interface CleanedPerson {
  tenantId: string;
  emailKey: string;
}

const IS_DEAD = `category in ('unknown-user', 'inactive', 'moved')`;

// In a quiet lane a domain is the site; in a busy one the lane is.
const SITE = `case when l.site like 'quiet-%' then d.domain else '' end`;

// Of earlier hits the last one alone is asked for: that keeps it to one earlier campaign, as a rule the one before. What came first is
// read from the log: all rows of one commit have one state_at. An acceptance lies behind a refusal where its transaction began behind
// it: a dot that is answered late, amid a block, was sent before it. Asked are those of a lane's first commit and last seconds, so that
// a million rows cost no million log rows. A worker that ended in a block leaves its last word: it counts for as long as a block may
// last until its next probe.
const CLEAN = `
with mine as materialized (
  select d.tenant_id, d.id, d.email, d.email_key, d.domain, d.attempts, d.state, d.category, d.state_at, l.source, ${SITE} as site
    from delivery d join lane l on l.id = d.lane_id join tenant t on t.id = d.tenant_id
   where d.campaign_id = $1 and d.lane_id = $2 and d.state in ('accepted', 'bounced')
     and (t.is_cleaning_on or t.is_cleaning_enforced or exists (select from cleaning_floor f where f.domain = d.domain))
), refused as materialized (
  select m.*, e.at
    from mine m join lateral (select max(e.at) as at from delivery_event e
      where e.tenant_id = m.tenant_id and e.delivery_id = m.id and e.attempt = m.attempts and e.phase = 'RCPT') e on e.at is not null
   where m.state = 'bounced' and m.${IS_DEAD}
     and not exists (select from suppression s where s.tenant_id = m.tenant_id and s.source_delivery_id = m.id)
), hit as materialized (
  select distinct on (r.id) r.id, d.campaign_id, d.lane_id, d.state_at, ${SITE} as site
    from refused r join delivery d on d.tenant_id = r.tenant_id and d.email_key = r.email_key and d.id <> r.id
    join lane l on l.id = d.lane_id and l.source = r.source
   where d.state = 'bounced' and d.${IS_DEAD} and d.state_at < r.state_at
   order by r.id, d.state_at desc
), good as materialized (
  select $1::uuid as campaign_id, $2::bigint as lane_id, site, min(state_at) as first, max(state_at) as last
    from mine where state = 'accepted' group by site
  union
  select d.campaign_id, d.lane_id, ${SITE}, min(d.state_at), max(d.state_at)
    from (select distinct campaign_id, lane_id from hit) h
    join delivery d on d.campaign_id = h.campaign_id and d.lane_id = h.lane_id and d.state = 'accepted' join lane l on l.id = d.lane_id
   group by 1, 2, 3
), heard as materialized (
  select g.campaign_id, g.lane_id, g.site, min(least(e.at, d.state_at)) as first,
         max(e.at - (coalesce(e.dot_ms, 0) + coalesce(e.envelope_ms, 0)) * interval '1 ms') as last_begun
    from good g join delivery d on d.campaign_id = g.campaign_id and d.lane_id = g.lane_id and d.state = 'accepted'
                                and (d.state_at = g.first or d.state_at >= g.last - interval '5 seconds')
    join lane l on l.id = d.lane_id and ${SITE} = g.site
    join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id and e.attempt = d.attempts and e.disposition = 'accepted'
   where exists (select from refused)
   group by 1, 2, 3
), blocks as materialized (
  select distinct on (v.site, v.tenant_id) v.tenant_id, v.domains, v.state
    from veto_event v where v.source in (select source from mine) and v.at > now() - interval '70 minutes'
   order by v.site, v.tenant_id, v.id desc
)
insert into suppression (tenant_id, email, email_key, reason, source_delivery_id, source_attempt, note)
select r.tenant_id, r.email, r.email_key, 'bounced', r.id, r.attempts, r.category
  from refused r left join hit h on h.id = r.id
  left join heard g on g.campaign_id = $1 and g.lane_id = $2 and g.site = r.site
  left join heard w on w.campaign_id = h.campaign_id and w.lane_id = h.lane_id and w.site = h.site
 where (g.first < r.at and g.last_begun > r.at
     or w.last_begun > h.state_at and w.last_begun < r.at
     or g.first > h.state_at and g.first < r.at
     or exists (select from delivery d where d.tenant_id = r.tenant_id and d.email_key = r.email_key and d.id <> r.id and d.state = 'bounced'
                   and d.${IS_DEAD} and d.state_at <= r.state_at - interval '24 hours'))
   and not exists (select from blocks b where b.state in ('blocked', 'probing') and r.domain = any(b.domains)
                      and (b.tenant_id is null or b.tenant_id = r.tenant_id))
on conflict (tenant_id, email_key) where released_at is null do nothing
returning tenant_id as "tenantId", email_key as "emailKey"`;
