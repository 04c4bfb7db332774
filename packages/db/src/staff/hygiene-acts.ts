/** What staff do about a tenant's hygiene. Each act takes a reason and leaves a row in the audit that the tenant sees. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { StaffScope } from '../scope/scopes.ts';

type Act<T> = T & { tenantId: string; reason: string };

/** Dead addresses are cleaned from now on whatever the tenant says. Throws DbError NOT_FOUND, INVALID_INPUT (`reason`), INVALID_ID. */
export async function enforceCleaning(
  scope: StaffScope,
  input: Act<{ isEnforced: boolean }>,
): Promise<void> {
  const { tenantId, reason } = checked(input);
  found(
    await scope.sql`
    update tenant set is_cleaning_enforced = ${input.isEnforced} where id = ${tenantId}::uuid returning 1 as one`,
  );
  const action = input.isEnforced ? 'tenant.enforce-cleaning' : 'tenant.stop-enforcing-cleaning';
  await audit(scope, { action, target: `tenant:${tenantId}`, reason, tenantId });
}

/**
 * `weight`: its share of a lane's time relative to others, in (0, 100]. `rateMax`: messages a second for one lane at one site;
 * null for no limit. Throws as enforceCleaning, INVALID_INPUT also with `weight` or `rate`.
 */
export async function throttleTenant(
  scope: StaffScope,
  input: Act<{ weight: number; rateMax: number | null }>,
): Promise<void> {
  const { tenantId, reason } = checked(input);
  const { weight, rateMax } = input;
  if (!(weight > 0 && weight <= 100))
    throw invalid('weight', 'A weight is above 0 and at most 100.');
  if (rateMax !== null && !(rateMax > 0 && rateMax <= 100_000))
    throw invalid('rate', 'A rate is above 0.');
  found(
    await scope.sql`
    update tenant set weight = ${weight}::real, rate_max = ${rateMax}::real where id = ${tenantId}::uuid returning 1 as one`,
  );
  const detail = { weight, rateMax };
  await audit(scope, {
    action: 'tenant.throttle',
    target: `tenant:${tenantId}`,
    reason,
    detail,
    tenantId,
  });
  await notifyDue(scope);
}

/** Its campaigns that start from now on are sent from this pool of sources. Throws as enforceCleaning; INVALID_INPUT (`pool`). */
export async function setSourcePool(
  scope: StaffScope,
  input: Act<{ pool: string }>,
): Promise<void> {
  const { tenantId, reason } = checked(input);
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(input.pool))
    throw invalid('pool', 'Not the name of a pool.');
  found(
    await scope.sql`
    update tenant set source_pool = ${input.pool} where id = ${tenantId}::uuid returning 1 as one`,
  );
  const detail = { pool: input.pool };
  await audit(scope, {
    action: 'tenant.source-pool',
    target: `tenant:${tenantId}`,
    reason,
    detail,
    tenantId,
  });
}

/** A note alone. Throws as enforceCleaning. */
export async function noteTenant(scope: StaffScope, input: Act<object>): Promise<void> {
  const { tenantId, reason } = checked(input);
  found(await scope.sql`select 1 as one from tenant where id = ${tenantId}::uuid`);
  await audit(scope, { action: 'tenant.note', target: `tenant:${tenantId}`, reason, tenantId });
}

/** Pauses a running campaign; the tenant may resume it. Throws as enforceCleaning, and CONFLICT where it does not run. */
export async function pauseCampaignByStaff(
  scope: StaffScope,
  input: Act<{ campaignId: string }>,
): Promise<void> {
  const { tenantId, reason } = checked(input);
  const campaignId = requireUuid(input.campaignId, 'The campaign id');
  const rows = await scope.sql<{ state: string }>`
    select state::text as state from campaign where tenant_id = ${tenantId}::uuid and id = ${campaignId}::uuid for update`;
  found(rows);
  if (rows[0]?.state !== 'running' && rows[0]?.state !== 'launching')
    throw new DbError('CONFLICT', 'It does not run.', { reason: 'campaign-action-not-allowed' });
  await scope.sql`
    update campaign set state = 'paused', updated_at = now() where tenant_id = ${tenantId}::uuid and id = ${campaignId}::uuid`;
  await audit(scope, {
    action: 'campaign.pause',
    target: `campaign:${campaignId}`,
    reason,
    tenantId,
  });
  await notifyDue(scope);
}

/** For every tenant at one destination. Throws DbError INVALID_INPUT (`reason`, `domain`). */
export async function setCleaningFloor(
  scope: StaffScope,
  input: { domain: string; reason: string },
): Promise<void> {
  const domain = input.domain.trim().toLowerCase();
  const reason = said(input.reason);
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) throw invalid('domain', 'Not a domain.');
  await scope.sql`
    insert into cleaning_floor (domain, reason, set_by) values (${domain}, ${reason}, ${scope.staffUserId}::uuid)
    on conflict (domain) do update set reason = excluded.reason, set_by = excluded.set_by, set_at = now()`;
  await audit(scope, { action: 'cleaning-floor.set', target: `destination:${domain}`, reason });
}

/** Idempotent. Throws DbError INVALID_INPUT (`reason`). */
export async function removeCleaningFloor(
  scope: StaffScope,
  input: { domain: string; reason: string },
): Promise<void> {
  const reason = said(input.reason);
  const rows =
    await scope.sql`delete from cleaning_floor where domain = ${input.domain} returning 1 as one`;
  if (rows.length === 0) return;
  await audit(scope, {
    action: 'cleaning-floor.remove',
    target: `destination:${input.domain}`,
    reason,
  });
}

export async function listCleaningFloors(
  scope: StaffScope,
): Promise<{ domain: string; reason: string; setAt: Date }[]> {
  return scope.sql`select domain, reason, set_at as "setAt" from cleaning_floor order by domain`;
}

function checked({ tenantId, reason }: { tenantId: string; reason: string }) {
  return { tenantId: requireUuid(tenantId, 'The tenant id'), reason: said(reason) };
}

function said(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed === '') throw invalid('reason', 'Say why.');
  return trimmed;
}

function found(rows: readonly unknown[]): void {
  if (rows.length === 0) throw new DbError('NOT_FOUND', 'There is no such tenant or campaign.');
}

function invalid(reason: string, message: string): DbError {
  return new DbError('INVALID_INPUT', message, { reason });
}
