import { describe, expect, test } from 'vitest';
import { AttemptCounter, isBounced, isDeferred } from './attempts.ts';

const addresses = Array.from({ length: 20_000 }, (_, i) => `user-${i}@docomo.example`);

describe('shares', () => {
  test('a share of 10 % defers close to 10 % of first attempts', () => {
    const deferred = addresses.filter((address) => isDeferred(address, 1, 0.1)).length;
    expect(deferred / addresses.length).toBeCloseTo(0.1, 1);
    expect(Math.abs(deferred / addresses.length - 0.1)).toBeLessThan(0.01);
  });

  test('the second attempt is drawn anew: some deferred once are deferred again, most are not', () => {
    const once = addresses.filter((address) => isDeferred(address, 1, 0.1));
    const twice = once.filter((address) => isDeferred(address, 2, 0.1));
    expect(twice.length).toBeGreaterThan(once.length * 0.05);
    expect(twice.length).toBeLessThan(once.length * 0.15);
  });

  test('a bounce is the address, whatever its case', () => {
    const bounced = addresses.filter((address) => isBounced(address, 0.05));
    expect(Math.abs(bounced.length / addresses.length - 0.05)).toBeLessThan(0.01);
    expect(bounced.every((address) => isBounced(address.toUpperCase(), 0.05))).toBe(true);
  });

  test('a share of 0 touches nobody, a share of 1 everybody', () => {
    expect(addresses.some((a) => isBounced(a, 0) || isDeferred(a, 1, 0))).toBe(false);
    expect(addresses.every((a) => isBounced(a, 1) && isDeferred(a, 1, 1))).toBe(true);
  });
});

describe('AttemptCounter', () => {
  test('each address and purpose is counted by itself', () => {
    const attempts = new AttemptCounter();
    expect(attempts.next('once', 'a@b.test')).toBe(1);
    expect(attempts.next('once', 'A@b.test')).toBe(2);
    expect(attempts.next('once', 'c@b.test')).toBe(1);
    expect(attempts.next('drop', 'a@b.test')).toBe(1);
  });

  test('twenty thousand addresses do not share counters', () => {
    const attempts = new AttemptCounter();
    expect(addresses.filter((address) => attempts.next('share', address) !== 1)).toEqual([]);
  });
});
