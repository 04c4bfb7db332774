/** What each mode costs for a content and a list: promise P1, shown before somebody chooses. */
import { type ContentCost, costBulk, costOneToOne, type DeliveryMode } from '@hikyaku/campaigns';

export type ModeCosts = Record<DeliveryMode, ContentCost>;

/** null where there is nobody or nothing to send. Each destination is taken to allow as many recipients as usual. */
export function modeCosts(
  audience: readonly { count: number }[],
  messageBytes: Record<DeliveryMode, number>,
): ModeCosts | null {
  if (audience.length === 0 || messageBytes.one_to_one === 0) return null;
  const destinations = audience.map(({ count }) => ({ recipients: count }));
  return {
    one_to_one: costOneToOne({ contentBytes: messageBytes.one_to_one, destinations }),
    bulk: costBulk({ contentBytes: messageBytes.bulk, destinations }),
  };
}
