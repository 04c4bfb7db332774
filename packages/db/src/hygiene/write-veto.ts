/**
 * Writes a decision of the false-550 protection down, and quarantines what it no longer believes: who was refused as dead since
 * the site was last surely well waits again, and who was cleaned for it is mailable again. One transaction, with the count.
 */
import type { WorkerClient, WorkerScope } from '../scope/worker-scope.ts';

/** A decision as it is kept; times in epoch ms. `tenantId` null: it binds everybody. */
export interface WrittenVeto {
  laneId: string;
  site: string;
  source: string;
  domains: readonly string[];
  tenantId: string | null;
  from: string;
  state: string;
  reason: string;
  atMs: number;
  figures: Readonly<Record<string, number>>;
  probeAtMs?: number;
  quarantineSinceMs?: number;
}

/** How many that had bounced are quarantined now. */
export async function writeVeto(scope: WorkerScope, veto: WrittenVeto): Promise<number> {
  return scope.transaction(async (client) => {
    const found = veto.quarantineSinceMs === undefined ? [] : await quarantineSince(client, veto);
    await client.query(
      `insert into veto_event (at, site, source, domains, tenant_id, from_state, state, reason, figures, probe_at, quarantine_since, quarantined)
       values (to_timestamp($1::float8 / 1000), $2, $3, $4::text[], $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000), to_timestamp($11::float8 / 1000), $12)`,
      [
        veto.atMs,
        veto.site,
        veto.source,
        veto.domains,
        veto.tenantId,
        veto.from,
        veto.state,
        veto.reason,
        JSON.stringify(veto.figures),
        veto.probeAtMs ?? null,
        veto.quarantineSinceMs ?? null,
        found.length,
      ],
    );
    await tellTenants(client, veto, found);
    return found.length;
  });
}

async function quarantineSince(client: WorkerClient, veto: WrittenVeto): Promise<Refused[]> {
  const { rows } = await client.query<Refused>(FIND, [
    veto.laneId,
    veto.quarantineSinceMs,
    veto.domains,
    veto.tenantId,
  ]);
  if (rows.length === 0) return [];
  const tenantIds = rows.map((row) => row.tenantId);
  const ids = rows.map((row) => row.id);
  const campaignIds = [...new Set(rows.map((row) => row.campaignId))].sort();
  // The end of a campaign is decided under this lock: it is open and stays so, or it is over.
  await client.query(
    'select 1 from campaign where tenant_id = any($1::uuid[]) and id = any($2::uuid[]) order by id for no key update',
    [tenantIds, campaignIds],
  );
  const released = await client.query<{ id: string }>(
    `update suppression s set released_at = now(), release_reason = 'quarantined'
       from unnest($1::uuid[], $2::bigint[]) as w(tenant_id, id)
      where s.tenant_id = w.tenant_id and s.source_delivery_id = w.id and s.reason = 'bounced' and s.released_at is null
      returning s.source_delivery_id as id`,
    [tenantIds, ids],
  );
  await client.query(PUT_BACK, [tenantIds, ids, veto.probeAtMs ?? veto.atMs]);
  await client.query(KEEP, [tenantIds, ids, veto.source, released.rows.map((row) => row.id)]);
  await client.query(COUNT_ANEW, [tenantIds, ids]);
  await client.query(
    'update campaign set rescan_epoch = rescan_epoch + 1 where tenant_id = any($1::uuid[]) and id = any($2::uuid[]) and finished_at is null',
    [tenantIds, campaignIds],
  );
  await client.query(
    `update campaign_lane cl set done_at = null, next_due_at = least(cl.next_due_at, to_timestamp($4::float8 / 1000)) from campaign c
      where cl.tenant_id = any($1::uuid[]) and cl.campaign_id = any($2::uuid[]) and cl.lane_id = $3
        and c.tenant_id = cl.tenant_id and c.id = cl.campaign_id and c.finished_at is null`,
    [tenantIds, campaignIds, veto.laneId, veto.probeAtMs ?? veto.atMs],
  );
  return rows;
}

/** A tenant reads in its own audit that mail was held up, and that it goes again. */
async function tellTenants(client: WorkerClient, veto: WrittenVeto, found: readonly Refused[]) {
  const isNews = veto.state === 'released' || (veto.state === 'blocked' && veto.from !== 'probing');
  if (!isNews) return;
  const tenants = new Map<string, number>();
  if (veto.tenantId !== null) tenants.set(veto.tenantId, 0);
  for (const { tenantId } of found) tenants.set(tenantId, (tenants.get(tenantId) ?? 0) + 1);
  await client.query(
    `insert into audit (tenant_id, action, target, detail)
     select tenant_id, $1, $2, jsonb_build_object('reason', $3::text, 'quarantined', n) from unnest($4::uuid[], $5::int[]) as w(tenant_id, n)`,
    [
      veto.state === 'blocked' ? 'quarantine.begin' : 'quarantine.end',
      `destination:${veto.site}`,
      veto.reason,
      [...tenants.keys()],
      [...tenants.values()],
    ],
  );
}

interface Refused {
  tenantId: string;
  id: string;
  campaignId: string;
}

// The log has an index by time; a refusal that is still the last word on its delivery.
const FIND = `
select d.tenant_id as "tenantId", d.id, d.campaign_id as "campaignId"
  from delivery_event e join delivery d on d.tenant_id = e.tenant_id and d.id = e.delivery_id
 where e.at >= to_timestamp($2::float8 / 1000) and e.lane_id = $1 and e.disposition = 'bounced' and e.phase = 'RCPT'
   and e.category in ('unknown-user', 'inactive', 'moved') and d.state = 'bounced' and d.category = e.category and d.attempts = e.attempt
   and d.domain = any($3::text[]) and ($4::uuid is null or d.tenant_id = $4)`;

// A campaign that is over does not begin again: the person is mailable again, and the report says block.
const PUT_BACK = `
update delivery d
   set state = case when c.finished_at is null then 'waiting' else 'bounced' end::delivery_state, state_at = now(),
       category = case when c.finished_at is null then 'quarantined' else 'reputation' end,
       next_attempt_at = to_timestamp($3::float8 / 1000)
  from unnest($1::uuid[], $2::bigint[]) as w(tenant_id, id) join campaign c on c.tenant_id = w.tenant_id
 where d.tenant_id = w.tenant_id and d.id = w.id and c.id = d.campaign_id and d.state = 'bounced'`;

const KEEP = `
insert into quarantine (tenant_id, delivery_id, campaign_id, domain, source, at, attempt, code, text, was_bounced, was_cleaned, state, decided_at)
select d.tenant_id, d.id, d.campaign_id, d.domain, $3, e.at, e.attempt, e.code, e.text, true, d.id = any($4::bigint[]),
       case when d.state = 'waiting' then 'held' else 'released' end::quarantine_state, case when d.state <> 'waiting' then now() end
  from unnest($1::uuid[], $2::bigint[]) as w(tenant_id, id) join delivery d on d.tenant_id = w.tenant_id and d.id = w.id
  join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id and e.attempt = d.attempts
on conflict (tenant_id, delivery_id) do update set state = excluded.state, at = excluded.at, attempt = excluded.attempt, decided_at = excluded.decided_at`;

// What was counted as dead is counted as quarantined; where it is not counted yet, both sums meet when it is.
const COUNT_ANEW = `
with moved as (
  select e.tenant_id, e.campaign_id, (e.at at time zone t.zone)::date as day, d.domain, e.category, count(*)::int as n
    from unnest($1::uuid[], $2::bigint[]) as w(tenant_id, id) join delivery d on d.tenant_id = w.tenant_id and d.id = w.id
    join tenant t on t.id = d.tenant_id
    join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id and e.attempt = d.attempts
   group by 1, 2, 3, 4, 5
), by_day as (
  insert into hygiene_day (tenant_id, campaign_id, day, domain, category, disposition, count)
  select tenant_id, campaign_id, day, domain, category, 'bounced'::disposition, -n from moved
  union all
  select tenant_id, campaign_id, day, domain, 'quarantined', 'deferred', sum(n) from moved group by 1, 2, 3, 4
  on conflict (tenant_id, campaign_id, day, domain, category, disposition) do update set count = hygiene_day.count + excluded.count
)
insert into hygiene_tenant_day (tenant_id, day, hard_bounced, unknown_users, quarantined)
select tenant_id, day, -sum(n), -sum(n), sum(n) from moved group by 1, 2
on conflict (tenant_id, day) do update set hard_bounced = hygiene_tenant_day.hard_bounced + excluded.hard_bounced,
  unknown_users = hygiene_tenant_day.unknown_users + excluded.unknown_users, quarantined = hygiene_tenant_day.quarantined + excluded.quarantined`;
