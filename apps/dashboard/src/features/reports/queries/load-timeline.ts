/** One delivery of one campaign with its attempts, and what else was sent to that person. */
import { type DeliveryTimeline, deliveryTimeline, isBigId, type TenantScope } from '@hikyaku/db';
import { type DeliveryTo, deliveriesTo } from './deliveries-to.ts';

export interface LoadedTimeline {
  delivery: DeliveryTimeline;
  others: DeliveryTo[];
}

/** null when it is not a delivery of this campaign of this tenant. */
export async function loadTimeline(
  scope: TenantScope,
  campaignId: string,
  deliveryId: string,
): Promise<LoadedTimeline | null> {
  if (!isBigId(deliveryId)) return null;
  const delivery = await deliveryTimeline(scope, deliveryId);
  if (delivery?.campaignId !== campaignId) return null;
  const others = await deliveriesTo(scope, delivery.email, { except: deliveryId, limit: 20 });
  return { delivery, others };
}
