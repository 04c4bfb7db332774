import { expect, it } from 'vitest';
import { ASSUMED_RATE, rateOf } from './forecast-rate.ts';

it('the speed of a site is what was answered while a session was open, for all sources together', () => {
  const past = { answered: 1_000, deferred: 100, busyMs: 100_000, sources: 2 };
  expect(rateOf(past)).toEqual({ perSecond: 20, deferredShares: [0.1], basis: 'past' });
});

it('a site that was never met, or hardly, is assumed to be slow, and that is said', () => {
  expect(rateOf(null)).toBe(ASSUMED_RATE);
  const few = { answered: 49, deferred: 0, busyMs: 1, sources: 1 };
  expect(rateOf(few).basis).toBe('assumed');
});
