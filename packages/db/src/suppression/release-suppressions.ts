/**
 * Takes many people out of suppression at once: chosen ones, or all that a rule names. Entries that this role may not release stay,
 * and are counted. What was cancelled stays cancelled.
 */
import { mayRelease, type Role } from '@hikyaku/audience';
import { SUPPRESSION_REASONS, type SuppressionReason } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireBigId } from '../scope/ids.ts';
import { emptyFragment, fragment, type TenantScope } from '../scope/scopes.ts';

/** Every condition given must hold; at least one must be given. */
export interface ReleaseRule {
  ids?: readonly string[];
  reason?: SuppressionReason;
  /** What the entry was made with: the category of a bounce, such as `unknown-user` or `mailbox-full`. */
  note?: string;
  /** Part of the address: a person, or `@domain`. */
  search?: string;
  /** Days since the entry was made, at most. */
  days?: number;
}

/** Throws DbError INVALID_INPUT (`rule`, `note`), INVALID_ID. */
export async function releaseSuppressions(
  scope: TenantScope,
  input: { rule: ReleaseRule; note: string; role: Role },
): Promise<{ released: number; kept: number }> {
  const { rule, note, role } = input;
  if (note.trim() === '') throw new DbError('INVALID_INPUT', 'Say why.', { reason: 'note' });
  const conditions = conditionsOf(rule);
  const allowed = SUPPRESSION_REASONS.filter((reason) => mayRelease(reason, role, note));
  // The person's own word is taken back one by one, each with its note.
  const inBulk = allowed.filter((reason) => reason !== 'unsubscribed' && reason !== 'complained');
  const rows = await scope.sql<{ released: number; kept: number }>`
    with named as (
      select id, reason from suppression
       where tenant_id = ${scope.tenantId}::uuid and released_at is null ${conditions} order by id for update
    ), gone as (
      update suppression s set released_at = now(), released_by = ${scope.actorId}::uuid, release_reason = ${note}
        from named where s.tenant_id = ${scope.tenantId}::uuid and s.id = named.id and named.reason = any(${inBulk}::suppression_reason[])
      returning 1
    ) select (select count(*) from gone)::int as released, (select count(*) from named)::int - (select count(*) from gone)::int as kept`;
  const counts = rows[0] ?? { released: 0, kept: 0 };
  if (counts.released > 0) {
    const { ids, ...conditionsGiven } = rule;
    const detail = { ...conditionsGiven, chosen: ids?.length, released: counts.released };
    await audit(scope, { action: 'suppression.release-many', reason: note, detail });
  }
  return counts;
}

function conditionsOf(rule: ReleaseRule) {
  const { ids, reason, note, search, days } = rule;
  if (!ids && !reason && !note && !search && !days)
    throw new DbError('INVALID_INPUT', 'Say which entries.', { reason: 'rule' });
  const byIds = ids?.map((id) => requireBigId(id, 'The suppression id'));
  return fragment`
    ${byIds ? fragment`and id = any(${byIds}::bigint[])` : emptyFragment}
    ${reason ? fragment`and reason = ${reason}::suppression_reason` : emptyFragment}
    ${note ? fragment`and note = ${note}` : emptyFragment}
    ${search ? fragment`and position(${search.toLowerCase()} in email_key) > 0` : emptyFragment}
    ${days ? fragment`and created_at > now() - make_interval(days => ${days}::int)` : emptyFragment}`;
}
