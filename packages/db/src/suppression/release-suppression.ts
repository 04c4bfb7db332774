/** Takes a person out of suppression again. The entry stays as history; what was cancelled stays cancelled. */
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireBigId } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

/** Throws DbError NOT_FOUND when there is no such active entry (a second call, too), INVALID_ID. */
export async function releaseSuppression(
  scope: TenantScope,
  input: { suppressionId: string; reason: string },
): Promise<{ email: string }> {
  const id = requireBigId(input.suppressionId, 'The suppression id');
  const rows = await scope.sql<{ email: string; reason: string }>`
    update suppression set released_at = now(), released_by = ${scope.actorId}::uuid, release_reason = ${input.reason}
     where tenant_id = ${scope.tenantId}::uuid and id = ${id} and released_at is null
    returning email, reason::text as reason`;
  const released = rows[0];
  if (!released) throw new DbError('NOT_FOUND', 'There is no such active suppression.');
  await audit(scope, {
    action: 'suppression.release',
    target: `suppression:${id}`,
    reason: input.reason,
    detail: { was: released.reason },
  });
  return { email: released.email };
}
