/**
 * Signed references that leave the house and come back: unsubscribe links and return paths. Each
 * purpose has a key of its own (HKDF, RFC 5869), so that a token of one is nothing to the other. An
 * older secret still verifies, the first one signs.
 */
import { hkdfSync } from 'node:crypto';
import {
  type BulkUnsubscribeReference,
  openBulkUnsubscribe,
  sealBulkUnsubscribe,
} from './bulk-unsubscribe.ts';
import { openReturnPath, type ReturnPathReference, sealReturnPath } from './return-path.ts';
import { SealingKey } from './sealing.ts';
import { openUnsubscribe, type UnsubscribeReference, unsubscribeSealer } from './unsubscribe.ts';

export interface Tokens {
  /** base64url, 76 characters. */
  signUnsubscribe(reference: UnsubscribeReference): string;
  /** The same for one delivery after another of a campaign. */
  unsubscribeSigner(
    campaign: Omit<UnsubscribeReference, 'deliveryId'>,
  ): (deliveryId: bigint) => string;
  /** Null for anything that we did not sign, whatever is wrong with it. */
  verifyUnsubscribe(token: string): UnsubscribeReference | null;
  /** The link that all recipients of a bulk campaign share: base64url, 66 characters. */
  signBulkUnsubscribe(reference: BulkUnsubscribeReference): string;
  /** Null for anything that we did not sign, whatever is wrong with it. */
  verifyBulkUnsubscribe(token: string): BulkUnsubscribeReference | null;
  /** The envelope sender of a delivery: `bounce+<base32>@domain`. */
  signReturnPath(reference: ReturnPathReference, domain: string): string;
  /** Takes the whole address or its local part, in any case. Null for what we did not sign. */
  verifyReturnPath(address: string): ReturnPathReference | null;
}

/**
 * @param secrets at least 32 characters each; the first signs, all verify (rotation)
 * @throws Error when there is no secret, or one is too short
 */
export function createTokens(secrets: string | readonly string[]): Tokens {
  const all = typeof secrets === 'string' ? [secrets] : secrets;
  const unsubscribeKeys = all.map((secret) => deriveKey(secret, 'unsubscribe'));
  const bulkKeys = all.map((secret) => deriveKey(secret, 'bulk-unsubscribe'));
  const returnPathKeys = all.map((secret) => deriveKey(secret, 'return-path'));
  const [unsubscribeKey] = unsubscribeKeys;
  const [bulkKey] = bulkKeys;
  const [returnPathKey] = returnPathKeys;
  if (!unsubscribeKey || !bulkKey || !returnPathKey) throw new Error('tokens need a secret');
  return {
    signUnsubscribe: (reference) =>
      unsubscribeSealer(unsubscribeKey, reference)(reference.deliveryId),
    unsubscribeSigner: (campaign) => unsubscribeSealer(unsubscribeKey, campaign),
    verifyUnsubscribe: (token) => openUnsubscribe(unsubscribeKeys, token),
    signBulkUnsubscribe: (reference) => sealBulkUnsubscribe(bulkKey, reference),
    verifyBulkUnsubscribe: (token) => openBulkUnsubscribe(bulkKeys, token),
    signReturnPath: (reference, domain) =>
      `bounce+${sealReturnPath(returnPathKey, reference)}@${domain}`,
    verifyReturnPath: (address) => openReturnPath(returnPathKeys, address),
  };
}

function deriveKey(secret: string, purpose: string): SealingKey {
  if (secret.length < 32) throw new Error('a token secret has at least 32 characters');
  return new SealingKey(new Uint8Array(hkdfSync('sha256', secret, 'hikyaku token', purpose, 32)));
}
