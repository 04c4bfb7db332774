/** Takes a person out of suppression again. The entry stays as history; what was cancelled stays cancelled. */
import { mayRelease, type Role } from '@hikyaku/audience';
import type { SuppressionReason } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireBigId } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

/**
 * `role` is the actor's, `reason` the note that goes with it: of a new consent where the person had said no.
 * Throws DbError NOT_FOUND when there is no such active entry (a second call, too); CONFLICT (`release-not-allowed`) where
 * the audience's rules forbid it to this role, or with an empty note; INVALID_ID.
 */
export async function releaseSuppression(
  scope: TenantScope,
  input: { suppressionId: string; reason: string; role: Role },
): Promise<{ email: string }> {
  const id = requireBigId(input.suppressionId, 'The suppression id');
  const rows = await scope.sql<{ email: string; reason: SuppressionReason }>`
    select email, reason::text as reason from suppression
     where tenant_id = ${scope.tenantId}::uuid and id = ${id} and released_at is null for update`;
  const entry = rows[0];
  if (!entry) throw new DbError('NOT_FOUND', 'There is no such active suppression.');
  if (!mayRelease(entry.reason, input.role, input.reason)) {
    const message = `An entry of the reason ${entry.reason} is not released by ${input.role} with this note.`;
    throw new DbError('CONFLICT', message, { reason: 'release-not-allowed' });
  }
  await scope.sql`
    update suppression set released_at = now(), released_by = ${scope.actorId}::uuid, release_reason = ${input.reason}
     where tenant_id = ${scope.tenantId}::uuid and id = ${id}`;
  await audit(scope, {
    action: 'suppression.release',
    target: `suppression:${id}`,
    reason: input.reason,
    detail: { was: entry.reason },
  });
  return { email: entry.email };
}
