/** The false-550 protection as staff see it: what it holds up, why, and the release of it before a probe. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { StaffScope } from '../scope/scopes.ts';

/** One site from one source, with the last decision about everybody or one tenant. */
export interface Block {
  site: string;
  source: string;
  tenantId: string | null;
  tenantName: string | null;
  state: string;
  reason: string;
  at: Date;
  probeAt: Date | null;
  /** Deliveries that wait in quarantine there, of those it binds. */
  held: number;
}

/** Of the last seven days, what stands first. */
export async function listBlocks(scope: StaffScope): Promise<Block[]> {
  return scope.sql<Block>`
    with latest as (
      select distinct on (site, source, tenant_id) * from veto_event where at > now() - interval '7 days'
       order by site, source, tenant_id, id desc
    )
    select v.site, v.source, v.tenant_id::text as "tenantId", t.name as "tenantName", v.state, v.reason, v.at, v.probe_at as "probeAt",
           (select count(*) from quarantine q where q.state = 'held' and q.source = v.source and q.domain = any(v.domains)
               and (v.tenant_id is null or q.tenant_id = v.tenant_id))::int as held
      from latest v left join tenant t on t.id = v.tenant_id
     order by v.state in ('blocked', 'probing') desc, v.at desc limit 200`;
}

/** A decision with the figures it was made on: a sentence of the timeline. */
export interface BlockDecision {
  id: string;
  at: Date;
  tenantName: string | null;
  fromState: string;
  state: string;
  reason: string;
  figures: Record<string, number>;
  probeAt: Date | null;
  quarantined: number;
}

/** Of one site and source, the newest first. */
export async function blockTimeline(
  scope: StaffScope,
  of: { site: string; source: string },
): Promise<BlockDecision[]> {
  return scope.sql<BlockDecision>`
    select v.id::text as id, v.at, t.name as "tenantName", v.from_state as "fromState", v.state, v.reason, v.figures, v.probe_at as "probeAt", v.quarantined
      from veto_event v left join tenant t on t.id = v.tenant_id
     where v.site = ${of.site} and v.source = ${of.source} order by v.id desc limit 200`;
}

/**
 * Ends what is held up at a site from a source: quarantined deliveries go now, and what the lane put aside. How many waited.
 * Throws DbError NOT_FOUND where nothing is held up, INVALID_INPUT (`reason`).
 */
export async function releaseBlock(
  scope: StaffScope,
  input: { site: string; source: string; reason: string },
): Promise<number> {
  const { site, source } = input;
  const reason = input.reason.trim();
  if (reason === '') throw new DbError('INVALID_INPUT', 'Say why.', { reason: 'reason' });
  const standing = await scope.sql<{ tenantId: string | null; state: string; domains: string[] }>`
    select * from (
      select distinct on (tenant_id) tenant_id::text as "tenantId", state, domains from veto_event
       where site = ${site} and source = ${source} order by tenant_id, id desc) v
     where state in ('blocked', 'probing')`;
  if (standing.length === 0) throw new DbError('NOT_FOUND', 'Nothing is held up there.');
  const domains = [...new Set(standing.flatMap((one) => one.domains))];
  // Campaigns first, as everywhere where rows become due again: their end is decided under this lock.
  const held = await scope.sql<{ tenantId: string; campaignId: string; n: number }>`
    select tenant_id::text as "tenantId", campaign_id::text as "campaignId", count(*)::int as n from quarantine
     where state = 'held' and source = ${source} and domain = any(${domains}::text[]) group by 1, 2 order by 1, 2`;
  const campaignIds = held.map((row) => row.campaignId);
  await scope.sql`
    select 1 as one from campaign where id = any(${campaignIds}::uuid[]) order by id for no key update`;
  await scope.sql`
    update delivery d set next_attempt_at = now() from quarantine q
     where q.state = 'held' and q.source = ${source} and q.domain = any(${domains}::text[])
       and d.tenant_id = q.tenant_id and d.id = q.delivery_id and d.state = 'waiting'`;
  await scope.sql`update campaign set rescan_epoch = rescan_epoch + 1 where id = any(${campaignIds}::uuid[]) and finished_at is null`;
  await scope.sql`
    update campaign_lane cl set next_due_at = now() from lane l
     where l.id = cl.lane_id and l.source = ${source} and cl.done_at is null and (l.site = ${site} or l.site like 'quiet-%')`;
  for (const { tenantId, state, domains: own } of standing)
    await scope.sql`
      insert into veto_event (site, source, domains, tenant_id, from_state, state, reason)
      values (${site}, ${source}, ${own}::text[], ${tenantId}::uuid, ${state}, 'released', 'released-by-staff')`;
  const tenants = new Set([
    ...held.map((row) => row.tenantId),
    ...standing.map((one) => one.tenantId),
  ]);
  for (const tenantId of tenants) {
    const detail = {
      source,
      held: held.filter((row) => row.tenantId === tenantId).reduce((n, row) => n + row.n, 0),
    };
    await audit(scope, {
      action: 'quarantine.release',
      target: `destination:${site}`,
      reason,
      detail,
      tenantId,
    });
  }
  await notifyDue(scope);
  return held.reduce((n, row) => n + row.n, 0);
}
