/**
 * Chance without randomness: whether an address is deferred or bounces follows from a hash of the address and of how
 * often it was tried, so that a second run of the same campaign meets the same answers.
 */

/** FNV-1a with murmur3's finaliser: 32 well mixed bits of a short string. */
function hash32(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** True for `share` of all addresses, always the same ones. */
export function isBounced(address: string, share: number): boolean {
  return share > 0 && hash32(`bounce ${address.toLowerCase()}`) / 2 ** 32 < share;
}

/** True for `share` of all (address, attempt) pairs; attempts count from 1. */
export function isDeferred(address: string, attempt: number, share: number): boolean {
  return share > 0 && hash32(`defer ${attempt} ${address.toLowerCase()}`) / 2 ** 32 < share;
}

/**
 * How often each address came by. Keys are 53-bit hashes, so that a million addresses fit in some 50 MB;
 * two addresses that collide would only share a counter.
 */
export class AttemptCounter {
  readonly #counts = new Map<number, number>();

  /** Counts one more and returns which attempt it is, from 1. */
  next(what: 'once' | 'drop' | 'share', address: string): number {
    const text = `${what} ${address.toLowerCase()}`;
    const key = (hash32(text, 1) & 0x1fffff) * 2 ** 32 + hash32(text, 2);
    const attempt = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, attempt);
    return attempt;
  }
}
