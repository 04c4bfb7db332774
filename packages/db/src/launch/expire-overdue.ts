/**
 * Campaigns past their end ("nothing after …"): whoever still waits has expired. The fence refuses them from that moment on; this
 * gives their rows and lanes an end. What was on the wire then comes back and is looked at in the next round.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** How many rows have expired. */
export async function expireOverdue(scope: WorkerScope): Promise<number> {
  const { rows } = await scope.query<{ tenantId: string; id: string }>(
    `select tenant_id as "tenantId", id from campaign
      where state = 'running' and expires_at <= now() and total is not null limit 50`,
  );
  let expired = 0;
  for (const { tenantId, id } of rows) expired += await expireOne(scope, tenantId, id);
  return expired;
}

async function expireOne(scope: WorkerScope, tenantId: string, id: string): Promise<number> {
  return scope.transaction(async (client) => {
    // A cancel, a pause or a moved end waits for us, or we see it.
    const { rows } = await client.query(
      `select 1 as one from campaign
        where tenant_id = $1 and id = $2 and state = 'running' and expires_at <= now() for no key update`,
      [tenantId, id],
    );
    if (!rows[0]) return 0;
    const { rowCount } = await client.query(
      // What was quarantined to the end is a bounce by a block.
      `update delivery set state_at = now(), state = case when category = 'quarantined' then 'bounced' else 'expired' end::delivery_state,
              category = case when category = 'quarantined' then 'reputation' else 'expired' end
        where tenant_id = $1 and campaign_id = $2 and state = 'waiting'`,
      [tenantId, id],
    );
    await client.query(
      `update campaign_lane set done_at = now() where tenant_id = $1 and campaign_id = $2 and done_at is null`,
      [tenantId, id],
    );
    return rowCount;
  });
}
