/**
 * The token of the link in a bulk message: version, tenant, campaign, and 16 bytes of HMAC. It names nobody, because
 * everybody gets the same; the page behind it asks for the address.
 */
import { type SealingKey, seal, unsealText, uuidBytes, uuidText } from './sealing.ts';

export interface BulkUnsubscribeReference {
  /** uuid */
  readonly tenantId: string;
  /** uuid */
  readonly campaignId: string;
}

const VERSION = 1;
const PAYLOAD_BYTES = 1 + 16 + 16;
const MAC_BYTES = 16;

export function sealBulkUnsubscribe(key: SealingKey, reference: BulkUnsubscribeReference): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  payload[0] = VERSION;
  uuidBytes(reference.tenantId).copy(payload, 1);
  uuidBytes(reference.campaignId).copy(payload, 17);
  return seal(key, payload, MAC_BYTES).toString('base64url');
}

export function openBulkUnsubscribe(
  keys: readonly SealingKey[],
  token: string,
): BulkUnsubscribeReference | null {
  const size = { payloadBytes: PAYLOAD_BYTES, macBytes: MAC_BYTES };
  const payload = unsealText(keys, token, size);
  if (!payload || payload[0] !== VERSION) return null;
  return {
    tenantId: uuidText(payload.subarray(1, 17)),
    campaignId: uuidText(payload.subarray(17, 33)),
  };
}
