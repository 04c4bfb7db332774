/**
 * What the links in messages do: the person of a delivery leaves all of this tenant's mail. A personal link names the
 * delivery; that of a bulk message names the campaign, and the person the address.
 */
import { requireBigId, requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { emailKeyOf } from './email-key.ts';
import { suppress } from './suppress.ts';

/** The address, or null when this tenant has no such delivery. Idempotent. Throws DbError INVALID_ID. */
export async function unsubscribeByDelivery(
  scope: TenantScope,
  input: { deliveryId: string },
): Promise<{ email: string } | null> {
  const id = requireBigId(input.deliveryId, 'The delivery id');
  const rows = await scope.sql<Delivery>`
    select id::text as id, email, attempts from delivery where tenant_id = ${scope.tenantId}::uuid and id = ${id}`;
  return unsubscribe(scope, rows[0]);
}

/** Null when the campaign has nobody of this address. Idempotent. Throws DbError INVALID_ID. */
export async function unsubscribeByAddress(
  scope: TenantScope,
  input: { campaignId: string; email: string },
): Promise<{ email: string } | null> {
  const campaignId = requireUuid(input.campaignId, 'The campaign id');
  const rows = await scope.sql<Delivery>`
    select id::text as id, email, attempts from delivery
     where tenant_id = ${scope.tenantId}::uuid and email_key = ${emailKeyOf(input.email)} and campaign_id = ${campaignId}::uuid
     limit 1`;
  return unsubscribe(scope, rows[0]);
}

async function unsubscribe(scope: TenantScope, delivery: Delivery | undefined) {
  if (!delivery) return null;
  await suppress(scope, {
    emails: [delivery.email],
    reason: 'unsubscribed',
    source: { deliveryId: delivery.id, attempt: delivery.attempts || null },
  });
  return { email: delivery.email };
}

interface Delivery {
  id: string;
  email: string;
  attempts: number;
}
