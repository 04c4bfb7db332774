/**
 * Brings counters up to the log: attempts by outcome, what is in quarantine, full mailboxes, and who accepted when. Each event is
 * counted once: a batch is the events of transactions that are over and lie behind the last one counted, and moves that mark
 * in the same transaction. One worker at a time; the others skip.
 */
import type { WorkerClient, WorkerScope } from '../scope/worker-scope.ts';

/** How many events were counted; 0 when there was nothing to do. Call until it says 0 to be up to date. */
export async function rollUpHygiene(scope: WorkerScope, batchMax = 20_000): Promise<number> {
  return scope.transaction(async (client) => {
    const { rows } = await client.query<{ from: string }>(
      'select tx::text as "from" from hygiene_progress for update skip locked',
    );
    const from = rows[0]?.from;
    if (from === undefined) return 0;
    const to = await endOfBatch(client, from, batchMax);
    if (BigInt(to) <= BigInt(from)) return 0;
    // Few events are refusals, and these statements read no others; a mailbox that was full and took mail since is full no more.
    for (const statement of [QUARANTINE, RESOLVE, FULL]) await client.query(statement, [from, to]);
    const counted = await client.query<{ n: number }>(COUNT, [from, to]);
    await client.query(DEAD, [from, to]);
    await client.query('update hygiene_progress set tx = $1', [to]);
    return counted.rows[0]?.n ?? 0;
  });
}

/**
 * Transactions below the oldest that still runs have all their events in sight. A database that was restored into another
 * cluster begins its transactions anew: then the mark is set to where those are.
 */
async function endOfBatch(client: WorkerClient, from: string, batchMax: number): Promise<string> {
  const { rows } = await client.query<{ to: string }>(
    `select case when $1::bigint > x.next then x.done
                 else coalesce((select e.tx + 1 from delivery_event e where e.tx >= $1 and e.tx < x.done order by e.tx offset $2 limit 1), x.done)
            end::text as "to"
       from (select pg_snapshot_xmin(s)::text::bigint as done, pg_snapshot_xmax(s)::text::bigint as next from pg_current_snapshot() s) x`,
    [from, batchMax],
  );
  const to = rows[0]?.to ?? from;
  if (BigInt(to) < BigInt(from)) await client.query('update hygiene_progress set tx = $1', [to]);
  return to;
}

/**
 * What concerns every event, in one reading of the log: attempts by outcome, who accepted (to ten days, so that a person who is mailed
 * often is neither looked up nor written often), and whose mailbox is full no more. Counted by the quarter of an hour first, in
 * which every zone's day begins: a zone is asked for a few of those, and not for each event.
 */
const COUNT = `
with e as materialized (
  select e.tenant_id, e.campaign_id, e.category, e.disposition, e.at, d.domain, d.email_key, d.is_lately_good
    from delivery_event e join delivery d on d.tenant_id = e.tenant_id and d.id = e.delivery_id
   where e.tx >= $1 and e.tx < $2
), quarters as materialized (
  select tenant_id, campaign_id, date_bin('15 minutes', at, 'epoch') as quarter, domain, category, disposition, count(*) as n
    from e group by 1, 2, 3, 4, 5, 6
), counted as materialized (
  select q.tenant_id, q.campaign_id, (q.quarter at time zone t.zone)::date as day, q.domain, q.category, q.disposition, sum(q.n)::int as n
    from quarters q join tenant t on t.id = q.tenant_id group by 1, 2, 3, 4, 5, 6
), by_day as (
  insert into hygiene_day (tenant_id, campaign_id, day, domain, category, disposition, count)
  select tenant_id, campaign_id, day, domain, category, disposition, n from counted
  on conflict (tenant_id, campaign_id, day, domain, category, disposition) do update set count = hygiene_day.count + excluded.count
), by_tenant as (
  insert into hygiene_tenant_day (tenant_id, day, accepted, hard_bounced, unknown_users, blocked, quarantined, "full")
  select tenant_id, day,
         coalesce(sum(n) filter (where disposition = 'accepted'), 0),
         coalesce(sum(n) filter (where disposition = 'bounced' and category <> 'reputation'), 0),
         coalesce(sum(n) filter (where disposition = 'bounced' and category in ('unknown-user', 'inactive', 'moved')), 0),
         coalesce(sum(n) filter (where category in ('reputation', 'spam-content', 'quarantined')), 0),
         coalesce(sum(n) filter (where category = 'quarantined'), 0),
         coalesce(sum(n) filter (where category = 'mailbox-full'), 0)
    from counted group by 1, 2
  on conflict (tenant_id, day) do update set
    accepted = hygiene_tenant_day.accepted + excluded.accepted, hard_bounced = hygiene_tenant_day.hard_bounced + excluded.hard_bounced,
    unknown_users = hygiene_tenant_day.unknown_users + excluded.unknown_users, blocked = hygiene_tenant_day.blocked + excluded.blocked,
    quarantined = hygiene_tenant_day.quarantined + excluded.quarantined, "full" = hygiene_tenant_day."full" + excluded."full"
), accepted as (
  update recipient r set last_accepted_at = e.at from e
   where e.disposition = 'accepted' and not e.is_lately_good and r.tenant_id = e.tenant_id and r.email_key = e.email_key
     and (r.last_accepted_at is null or r.last_accepted_at < e.at - interval '1 day')
), not_full as (
  delete from mailbox_full f using e
   where e.disposition = 'accepted' and f.tenant_id = e.tenant_id and f.email_key = e.email_key and f.last_at < e.at
)
select coalesce(sum(n), 0)::int as n from counted`;

const EVENTS = `
  select e.*, d.domain, d.email_key, d.category as last_category, d.state as delivery_state
    from delivery_event e join delivery d on d.tenant_id = e.tenant_id and d.id = e.delivery_id
   where e.tx >= $1 and e.tx < $2`;

const QUARANTINE = `
insert into quarantine (tenant_id, delivery_id, campaign_id, domain, source, at, attempt, code, text)
select distinct on (tenant_id, delivery_id) tenant_id, delivery_id, campaign_id, domain, source, at, attempt, code, text
  from (${EVENTS}) e where category = 'quarantined' order by tenant_id, delivery_id, attempt desc
on conflict (tenant_id, delivery_id) do update set at = excluded.at, attempt = excluded.attempt, code = excluded.code, text = excluded.text,
  state = 'held', decided_at = null where quarantine.attempt < excluded.attempt`;

// Also of those that ended without an attempt: expired, cancelled.
const RESOLVE = `
update quarantine q set state = case when e.disposition = 'accepted' then 'accepted' else 'bounced' end::quarantine_state, decided_at = e.at
  from (${EVENTS}) e
 where e.tenant_id = q.tenant_id and e.delivery_id = q.delivery_id and e.attempt > q.attempt and e.disposition in ('accepted', 'bounced')`;

const DEAD = `
update recipient r set last_accepted_at = null
  from (${EVENTS}) e
 where r.tenant_id = e.tenant_id and r.email_key = e.email_key and r.last_accepted_at < e.at
   and e.disposition = 'bounced' and e.phase = 'RCPT' and e.category in ('unknown-user', 'inactive', 'moved')
   and e.delivery_state = 'bounced' and e.last_category = e.category`;

const FULL = `
insert into mailbox_full (tenant_id, email_key, first_at, last_at, last_delivery_id)
select tenant_id, email_key, min(at), max(at), max(delivery_id) from (${EVENTS}) e where category = 'mailbox-full' group by 1, 2
on conflict (tenant_id, email_key) do update
  set hits = mailbox_full.hits + case when mailbox_full.last_delivery_id < excluded.last_delivery_id then 1 else 0 end,
      last_at = greatest(mailbox_full.last_at, excluded.last_at), last_delivery_id = greatest(mailbox_full.last_delivery_id, excluded.last_delivery_id)`;
