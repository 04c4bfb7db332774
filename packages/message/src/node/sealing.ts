/** Payloads with a truncated HMAC-SHA256 (RFC 2104 §5), compared in constant time. */
import { timingSafeEqual } from 'node:crypto';
import { type _HMAC, hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The key of one purpose, hashed once and used for every message after: node:crypto makes a native object for each HMAC, which
 * costs more than the hashing, and its collection once more.
 */
export class SealingKey {
  readonly #keyed: Hmac;
  readonly #running: Hmac;
  readonly #digest = Buffer.alloc(32);

  constructor(key: Uint8Array) {
    this.#keyed = hmac.create(sha256, key);
    this.#running = this.#keyed.clone();
  }

  /** The first `macBytes` bytes of the payload's HMAC. To be used up before the next call. */
  mac(payload: Uint8Array, macBytes: number): Buffer {
    this.#keyed._cloneInto(this.#running).update(payload).digestInto(this.#digest);
    return this.#digest.subarray(0, macBytes);
  }
}

type Hmac = _HMAC<ReturnType<typeof sha256.create>>;

/** payload + the first `macBytes` bytes of its HMAC. */
export function seal(key: SealingKey, payload: Buffer, macBytes: number): Buffer {
  return Buffer.concat([payload, key.mac(payload, macBytes)]);
}

/** The payload, if one of the keys sealed it. */
export function unseal(
  keys: readonly SealingKey[],
  sealed: Buffer,
  macBytes: number,
): Buffer | null {
  const payload = sealed.subarray(0, sealed.length - macBytes);
  const given = sealed.subarray(sealed.length - macBytes);
  let isOurs = false;
  for (const key of keys) {
    if (timingSafeEqual(key.mac(payload, macBytes), given)) isOurs = true;
  }
  return isOurs ? payload : null;
}

/** As `unseal`, from base64url. Null unless it is the one spelling of so many bytes of payload. */
export function unsealText(
  keys: readonly SealingKey[],
  token: string,
  size: { payloadBytes: number; macBytes: number },
): Buffer | null {
  const length = size.payloadBytes + size.macBytes;
  if (token.length !== Math.ceil((length * 4) / 3)) return null;
  const sealed = Buffer.from(token, 'base64url');
  // One token has one spelling: base64 decoders pass over what they do not know.
  if (sealed.length !== length || sealed.toString('base64url') !== token) return null;
  return unseal(keys, sealed, size.macBytes);
}

/** 16 bytes of a uuid. @throws Error when it is none */
export function uuidBytes(uuid: string): Buffer {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) {
    throw new Error('a token refers to a uuid');
  }
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** A uuid from 16 bytes, lower case. */
export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
