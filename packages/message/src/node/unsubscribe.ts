/** The token of an unsubscribe link: version, tenant, campaign, delivery, and 16 bytes of HMAC. */
import { type SealingKey, unsealText, uuidBytes, uuidText } from './sealing.ts';

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

/** For the deliveries of one campaign, of which a few thousand a second are sealed. */
export function unsubscribeSealer(
  key: SealingKey,
  campaign: Omit<UnsubscribeReference, 'deliveryId'>,
): (deliveryId: bigint) => string {
  const sealed = Buffer.alloc(PAYLOAD_BYTES + MAC_BYTES);
  const payload = sealed.subarray(0, PAYLOAD_BYTES);
  payload[0] = VERSION;
  uuidBytes(campaign.tenantId).copy(payload, 1);
  uuidBytes(campaign.campaignId).copy(payload, 17);
  return (deliveryId) => {
    payload.writeBigInt64BE(deliveryId, 33);
    key.mac(payload, MAC_BYTES).copy(sealed, PAYLOAD_BYTES);
    return sealed.toString('base64url');
  };
}

export function openUnsubscribe(
  keys: readonly SealingKey[],
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
