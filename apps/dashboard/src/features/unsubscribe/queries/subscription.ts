/** Whom a link concerns: read in the tenant that the token names, and only if the delivery is of that campaign. */
import { unsubscribeByDelivery, withTenant } from '@hikyaku/db';
import { pools } from '#server/db.ts';
import { tokens } from '#server/tokens.ts';

export interface Subscription {
  tenantName: string;
  email: string;
  isUnsubscribed: boolean;
}

/** null for a token that we did not sign, or whose delivery is gone. Changes nothing. */
export async function readSubscription(token: string): Promise<Subscription | null> {
  const reference = tokens().verifyUnsubscribe(token);
  if (!reference) return null;
  const { tenantId, campaignId, deliveryId } = reference;
  return withTenant(pools().app, tenantId, async ({ prisma }) => {
    const delivery = await prisma.delivery.findFirst({
      where: { tenantId, campaignId, id: deliveryId },
      select: { email: true, emailKey: true },
    });
    const tenant = await prisma.tenant.findFirst({
      where: { id: tenantId },
      select: { name: true },
    });
    if (!delivery || !tenant) return null;
    const active = await prisma.suppression.count({
      where: {
        tenantId,
        emailKey: delivery.emailKey,
        releasedAt: null,
        reason: { in: ['unsubscribed', 'complained'] },
      },
    });
    return { tenantName: tenant.name, email: delivery.email, isUnsubscribed: active > 0 };
  });
}

/** True when the person is out from now on; false for a broken token. Idempotent. */
export async function unsubscribe(token: string): Promise<boolean> {
  const reference = tokens().verifyUnsubscribe(token);
  if (!reference) return false;
  const { tenantId, deliveryId } = reference;
  const gone = await withTenant(pools().app, tenantId, (scope) =>
    unsubscribeByDelivery(scope, { deliveryId: String(deliveryId) }),
  );
  return gone !== null;
}
