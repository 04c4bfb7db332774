/**
 * Stops sending at once: a lane, a destination (site or domain), a tenant, or everything; and lets it go on. No fence commits
 * after a stop has committed: the trigger of stop_switch writes the installation's row, which a fence locks FOR SHARE.
 */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireBigId, requireUuid } from '../scope/ids.ts';
import { notifyDue } from '../scope/notify-due.ts';
import { emptyFragment, fragment, type StaffScope } from '../scope/scopes.ts';

export type StopScope = 'everything' | 'tenant' | 'lane' | 'destination';

export interface StopTarget {
  scope: StopScope;
  /** Tenant id, lane id, or destination; '' for everything. */
  key: string;
}

/** Idempotent; the first reason stays. Throws DbError NOT_FOUND, INVALID_ID, INVALID_INPUT (`reason`, `destination`). */
export async function stopSending(
  scope: StaffScope,
  input: StopTarget & { reason: string },
): Promise<void> {
  const target = await requireTarget(scope, input);
  const reason = requireReason(input.reason);
  const known = await scope.sql`
    select 1 as one from stop_switch where scope = ${target.scope}::stop_scope and key = ${target.key}`;
  if (known[0]) return;
  await record(scope, 'stop', target, reason);
  // Last: from here until the commit every fence waits.
  await scope.sql`
    insert into stop_switch (scope, key, reason, stopped_by)
    values (${target.scope}::stop_scope, ${target.key}, ${reason}, ${scope.staffUserId}::uuid) on conflict do nothing`;
}

/** Idempotent. Throws as stopSending; a target that has gone meanwhile can be let go. */
export async function resumeSending(
  scope: StaffScope,
  input: StopTarget & { reason: string },
): Promise<void> {
  const reason = requireReason(input.reason);
  const known = await scope.sql`
    select 1 as one from stop_switch where scope = ${input.scope}::stop_scope and key = ${input.key}`;
  if (!known[0]) return;
  await record(scope, 'resume', input, reason);
  await makeLanesDue(scope, input);
  await scope.sql`
    delete from stop_switch where scope = ${input.scope}::stop_scope and key = ${input.key}`;
}

/** A lane that was stopped may have put its next look far off. */
async function makeLanesDue(scope: StaffScope, { scope: what, key }: StopTarget): Promise<void> {
  const tenant = what === 'tenant' ? fragment`and tenant_id = ${key}::uuid` : emptyFragment;
  const lane = what === 'lane' ? fragment`and lane_id = ${BigInt(key)}` : emptyFragment;
  await scope.sql`
    update campaign_lane set next_due_at = now()
     where done_at is null and next_due_at > now() ${tenant} ${lane} returning 1 as one`;
}

async function record(
  scope: StaffScope,
  act: 'stop' | 'resume',
  target: StopTarget,
  reason: string,
): Promise<void> {
  await audit(scope, {
    action: `sending.${act}`,
    target: target.key === '' ? target.scope : `${target.scope}:${target.key}`,
    reason,
    tenantId: target.scope === 'tenant' ? target.key : null,
  });
  await notifyDue(scope);
}

async function requireTarget(scope: StaffScope, target: StopTarget): Promise<StopTarget> {
  if (target.scope === 'everything') return { scope: 'everything', key: '' };
  if (target.scope === 'tenant') {
    const id = requireUuid(target.key, 'The tenant id');
    await requireRow(scope.sql`select 1 as one from tenant where id = ${id}::uuid`, 'tenant');
    return { scope: 'tenant', key: id };
  }
  if (target.scope === 'lane') {
    const id = requireBigId(target.key, 'The lane id');
    await requireRow(scope.sql`select 1 as one from lane where id = ${id}`, 'lane');
    return { scope: 'lane', key: id.toString() };
  }
  const key = target.key.trim().toLowerCase();
  // A domain, the MX hosts of a site joined by commas, or `host:port` of a route.
  if (!/^[a-z0-9][a-z0-9.,:_-]{0,1000}$/.test(key)) {
    const message = 'Not a domain or site.';
    throw new DbError('INVALID_INPUT', message, { reason: 'destination' });
  }
  return { scope: 'destination', key };
}

async function requireRow(rows: Promise<unknown[]>, what: string): Promise<void> {
  if (!(await rows)[0]) throw new DbError('NOT_FOUND', `There is no such ${what}.`);
}

function requireReason(given: string): string {
  const reason = given.trim();
  if (reason === '') throw new DbError('INVALID_INPUT', 'Say why.', { reason: 'reason' });
  return reason;
}
