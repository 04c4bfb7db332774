/** What the personal link in a message does: the person of that delivery leaves all of this tenant's mail. */
import { requireBigId } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { suppress } from './suppress.ts';

/** The address, or null when this tenant has no such delivery. Idempotent. Throws DbError INVALID_ID. */
export async function unsubscribeByDelivery(
  scope: TenantScope,
  input: { deliveryId: string },
): Promise<{ email: string } | null> {
  const id = requireBigId(input.deliveryId, 'The delivery id');
  const rows = await scope.sql<{ email: string; attempts: number }>`
    select email, attempts from delivery where tenant_id = ${scope.tenantId}::uuid and id = ${id}`;
  const delivery = rows[0];
  if (!delivery) return null;
  await suppress(scope, {
    emails: [delivery.email],
    reason: 'unsubscribed',
    source: { deliveryId: id.toString(), attempt: delivery.attempts || null },
  });
  return { email: delivery.email };
}
