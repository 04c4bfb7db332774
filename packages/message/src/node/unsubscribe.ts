/** The token of an unsubscribe link: version, tenant, campaign, delivery, and 16 bytes of HMAC. */
import type { KeyObject } from 'node:crypto';
import { seal, unsealText, uuidBytes, uuidText } from './sealing.ts';

export interface UnsubscribeReference {
  /** uuid */
  readonly tenantId: string;
  /** uuid */
  readonly campaignId: string;
  readonly deliveryId: bigint;
}

const VERSION = 1;
const PAYLOAD_BYTES = 1 + 16 + 16 + 8;
const MAC_BYTES = 16;

export function sealUnsubscribe(key: KeyObject, reference: UnsubscribeReference): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  payload[0] = VERSION;
  uuidBytes(reference.tenantId).copy(payload, 1);
  uuidBytes(reference.campaignId).copy(payload, 17);
  payload.writeBigInt64BE(reference.deliveryId, 33);
  return seal(key, payload, MAC_BYTES).toString('base64url');
}

export function openUnsubscribe(
  keys: readonly KeyObject[],
  token: string,
): UnsubscribeReference | null {
  const size = { payloadBytes: PAYLOAD_BYTES, macBytes: MAC_BYTES };
  const payload = unsealText(keys, token, size);
  if (!payload || payload[0] !== VERSION) return null;
  return {
    tenantId: uuidText(payload.subarray(1, 17)),
    campaignId: uuidText(payload.subarray(17, 33)),
    deliveryId: payload.readBigInt64BE(33),
  };
}
