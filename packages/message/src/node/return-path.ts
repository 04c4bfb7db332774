/**
 * Variable envelope return paths: a bounce names the delivery it is about, and a forged one is
 * refused. Base32 (RFC 4648 §6, lower case), because servers change the case of local parts;
 * 10 bytes of HMAC, because a local part has 64 characters (RFC 5321 §4.5.3.1.1).
 */
import { type SealingKey, seal, unseal, uuidBytes, uuidText } from './sealing.ts';

export interface ReturnPathReference {
  /** uuid */
  readonly tenantId: string;
  readonly deliveryId: bigint;
}

const PAYLOAD_BYTES = 16 + 8;
const MAC_BYTES = 10;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export function sealReturnPath(key: SealingKey, reference: ReturnPathReference): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  uuidBytes(reference.tenantId).copy(payload, 0);
  payload.writeBigInt64BE(reference.deliveryId, 16);
  return base32(seal(key, payload, MAC_BYTES));
}

export function openReturnPath(
  keys: readonly SealingKey[],
  address: string,
): ReturnPathReference | null {
  const [, encoded] = /^bounce\+([a-z2-7]{55})(?:@[^@]*)?$/i.exec(address) ?? [];
  const sealed = encoded ? fromBase32(encoded.toLowerCase()) : null;
  if (sealed?.length !== PAYLOAD_BYTES + MAC_BYTES) return null;
  const payload = unseal(keys, sealed, MAC_BYTES);
  return (
    payload && {
      tenantId: uuidText(payload.subarray(0, 16)),
      deliveryId: payload.readBigInt64BE(16),
    }
  );
}

function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    count += 8;
    for (; count >= 5; count -= 5) text += ALPHABET[(bits >> (count - 5)) & 31];
  }
  return count > 0 ? text + ALPHABET[(bits << (5 - count)) & 31] : text;
}

// Null when the last character holds bits that no encoder would have written.
function fromBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of text) {
    bits = ((bits << 5) | ALPHABET.indexOf(character)) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 255);
  }
  return (bits & ((1 << count) - 1)) === 0 ? Buffer.from(bytes) : null;
}
