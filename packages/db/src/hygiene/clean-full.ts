/**
 * Full mailboxes: nobody empties one that was full for five campaigns over two weeks and accepted nothing in between. They are
 * cleaned as dead ones are, for tenants that want it and where staff enforce it.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';
import { type CleanedPerson, cancelWaitingOf } from './clean-dead.ts';

/** How many were newly suppressed. */
export async function cleanFullMailboxes(scope: WorkerScope): Promise<number> {
  const { rows: tenants } = await scope.query<{ tenantId: string }>(
    `select distinct tenant_id as "tenantId" from mailbox_full where ${IS_FULL} order by 1`,
  );
  let cleaned = 0;
  for (const { tenantId } of tenants)
    cleaned += await scope.transaction(async (client) => {
      await client.query('select 1 from tenant where id = $1 for no key update', [tenantId]);
      const { rows } = await client.query<CleanedPerson>(CLEAN, [tenantId]);
      await cancelWaitingOf(client, rows);
      return rows.length;
    });
  return cleaned;
}

const IS_FULL = `hits >= 5 and last_at >= first_at + interval '14 days'`;

const CLEAN = `
with gone as (
  delete from mailbox_full f using delivery d, tenant t
   where f.tenant_id = $1 and ${IS_FULL} and d.tenant_id = f.tenant_id and d.id = f.last_delivery_id and t.id = f.tenant_id
     and (t.is_cleaning_on or t.is_cleaning_enforced or exists (select from cleaning_floor c where c.domain = d.domain))
  returning d.tenant_id, d.email, d.email_key, d.id, d.attempts
)
insert into suppression (tenant_id, email, email_key, reason, source_delivery_id, source_attempt, note)
select tenant_id, email, email_key, 'bounced', id, attempts, 'mailbox-full' from gone
on conflict (tenant_id, email_key) where released_at is null do nothing
returning tenant_id as "tenantId", email_key as "emailKey"`;
