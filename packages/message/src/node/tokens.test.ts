import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokens } from './index.ts';

const SECRET = 'a secret that is long enough for anybody';
const tokens = createTokens(SECRET);
const reference = {
  tenantId: '0b9f5c1e-7d55-4c55-9d0a-1f9a6f1a2b3c',
  campaignId: '7c2f0e6a-1111-4222-8333-944455566677',
  deliveryId: 9_007_199_254_740_993n,
};

describe('unsubscribe tokens', () => {
  test('come back as what was signed', () => {
    const token = tokens.signUnsubscribe(reference);
    expect(token).toMatch(/^[A-Za-z0-9_-]{76}$/);
    expect(tokens.verifyUnsubscribe(token)).toEqual(reference);
  });

  // Links in mail that was sent long ago must be understood, whatever computes the HMAC today.
  test('are RFC 2104 as node:crypto has it, one after another', () => {
    const key = Buffer.from(hkdfSync('sha256', SECRET, 'hikyaku token', 'unsubscribe', 32));
    const sign = tokens.unsubscribeSigner(reference);
    for (const deliveryId of [0n, 1n, reference.deliveryId, 2n ** 63n - 1n]) {
      const sealed = Buffer.from(sign(deliveryId), 'base64url');
      const mac = createHmac('sha256', key).update(sealed.subarray(0, 41)).digest();
      expect(sealed.subarray(41)).toEqual(mac.subarray(0, 16));
    }
  });

  test('are refused after any change of any character', () => {
    const token = tokens.signUnsubscribe(reference);
    fc.assert(
      fc.property(fc.nat(75), fc.constantFrom(...'ABCxyz019-_+/= %'), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        if (changed !== token) expect(tokens.verifyUnsubscribe(changed)).toBeNull();
      }),
    );
  });

  test.each([
    '',
    'x',
    'x'.repeat(76),
    'あ'.repeat(76),
    `${'A'.repeat(75)}\u0000`,
    'A'.repeat(10_000),
  ])('nonsense such as %.20j is refused without an error', (token) =>
    expect(tokens.verifyUnsubscribe(token)).toBeNull(),
  );

  test('have one spelling: the other base64 alphabet is refused', () => {
    for (let id = 0n; id < 50n; id++) {
      const token = tokens.signUnsubscribe({ ...reference, deliveryId: id });
      const other = token.replaceAll('-', '+').replaceAll('_', '/');
      if (other !== token) expect(tokens.verifyUnsubscribe(other)).toBeNull();
    }
  });

  test('of another installation are refused', () => {
    const other = createTokens('another secret that is long enough too');
    expect(other.verifyUnsubscribe(tokens.signUnsubscribe(reference))).toBeNull();
  });

  test('of an older secret are accepted while it is kept', () => {
    const rotated = createTokens(['a newer secret that is long enough, too', SECRET]);
    expect(rotated.verifyUnsubscribe(tokens.signUnsubscribe(reference))).toEqual(reference);
    expect(tokens.verifyUnsubscribe(rotated.signUnsubscribe(reference))).toBeNull();
  });

  test('need a real secret and real ids', () => {
    expect(() => createTokens('short')).toThrow(/32/);
    expect(() => createTokens([])).toThrow(/secret/);
    expect(() => tokens.signUnsubscribe({ ...reference, tenantId: 'x' })).toThrow(/uuid/);
  });
});

describe('the link of a bulk message', () => {
  const { tenantId, campaignId } = reference;
  const token = tokens.signBulkUnsubscribe({ tenantId, campaignId });

  test('names tenant and campaign, and nobody', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{66}$/);
    expect(tokens.verifyBulkUnsubscribe(token)).toEqual({ tenantId, campaignId });
    expect(tokens.signBulkUnsubscribe({ tenantId, campaignId })).toBe(token);
  });

  test('is refused after any change of any character', () => {
    fc.assert(
      fc.property(fc.nat(65), fc.constantFrom(...'ABCxyz019-_+/= %'), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        if (changed !== token) expect(tokens.verifyBulkUnsubscribe(changed)).toBeNull();
      }),
    );
  });

  test('and a personal link are nothing to each other', () => {
    expect(tokens.verifyUnsubscribe(token)).toBeNull();
    expect(tokens.verifyBulkUnsubscribe(tokens.signUnsubscribe(reference))).toBeNull();
    const cut = tokens.signUnsubscribe(reference).slice(0, 66);
    expect(tokens.verifyBulkUnsubscribe(cut)).toBeNull();
  });

  test('of another installation is refused, of an older secret accepted', () => {
    const other = createTokens('another secret that is long enough too');
    expect(other.verifyBulkUnsubscribe(token)).toBeNull();
    const rotated = createTokens(['a newer secret that is long enough, too', SECRET]);
    expect(rotated.verifyBulkUnsubscribe(token)).toEqual({ tenantId, campaignId });
  });
});

describe('return paths', () => {
  const address = tokens.signReturnPath(reference, 'bounce.example.com');
  const signed = { tenantId: reference.tenantId, deliveryId: reference.deliveryId };

  test('fit a local part and come back as what was signed, in any case', () => {
    expect(address).toMatch(/^bounce\+[a-z2-7]{55}@bounce\.example\.com$/);
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    expect(tokens.verifyReturnPath(address)).toEqual(signed);
    expect(tokens.verifyReturnPath(address.toUpperCase())).toEqual(signed);
    expect(tokens.verifyReturnPath(address.split('@')[0] ?? '')).toEqual(signed);
  });

  test('are refused after any change of any character', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 7, max: 61 }),
        fc.constantFrom(...'abcz2701=+'),
        (at, character) => {
          const changed = address.slice(0, at) + character + address.slice(at + 1);
          if (changed !== address) expect(tokens.verifyReturnPath(changed)).toBeNull();
        },
      ),
    );
  });

  test('have one spelling: the spare bits of the last character must be zero', () => {
    const [local = ''] = address.split('@');
    const accepted = [...'abcdefghijklmnopqrstuvwxyz234567'].filter((last) =>
      tokens.verifyReturnPath(local.slice(0, -1) + last),
    );
    expect(accepted).toEqual([local.at(-1)]);
  });

  test('and unsubscribe tokens are nothing to each other', () => {
    const swapped = tokens.signUnsubscribe(reference).slice(0, 55).toLowerCase();
    expect(tokens.verifyReturnPath(`bounce+${swapped}`)).toBeNull();
    expect(tokens.verifyUnsubscribe(address)).toBeNull();
  });

  test('any delivery id survives', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        fc.uuid(),
        (deliveryId, tenantId) => {
          const path = tokens.signReturnPath({ tenantId, deliveryId }, 'b.example');
          expect(tokens.verifyReturnPath(path)).toEqual({ tenantId, deliveryId });
        },
      ),
      { numRuns: 50 },
    );
  });

  test('random bytes are refused', () => {
    for (let run = 0; run < 100; run++) {
      const noise = randomBytes(34)
        .toString('hex')
        .replace(/[^a-f2-7]/g, 'a')
        .slice(0, 55);
      expect(tokens.verifyReturnPath(`bounce+${noise}@b.example`)).toBeNull();
    }
  });
});
