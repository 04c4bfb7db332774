import { describe, expect, it } from 'vitest';
import { createSiteLimits, LIMIT_SETTINGS } from './site-limits.ts';

const HOUR_MS = 3_600_000;
const limits = (learned = {}) => createSiteLimits(LIMIT_SETTINGS, learned);

describe('recipients per transaction', () => {
  it('the same cap met twice is learned, with when and why', () => {
    const site = limits();
    site.onTooManyRecipients(37, 1_000, '452 after 37 recipients');
    expect(site.recipientsMax(undefined)).toBe(100);
    site.onTooManyRecipients(37, 2_000, '452 after 37 recipients');
    expect(site.recipientsMax(undefined)).toBe(37);
    expect(site.learned.recipients).toEqual({
      value: 37,
      sinceMs: 2_000,
      why: '452 after 37 recipients',
    });
  });

  it('two caps that differ prove nothing yet', () => {
    const site = limits();
    site.onTooManyRecipients(37, 1_000, '');
    site.onTooManyRecipients(12, 2_000, '');
    expect(site.recipientsMax(undefined)).toBe(100);
  });

  it('a site that cuts the connection twice is asked for half', () => {
    const site = limits();
    site.onCutInEnvelope(80, 1_000);
    site.onCutInEnvelope(80, 2_000);
    expect(site.recipientsMax(undefined)).toBe(40);
  });

  it('is tried upward after an hour and fifty full transactions, and falls back at the first refusal', () => {
    const site = limits({ recipients: { value: 20, sinceMs: 0, why: '' } });
    for (let i = 0; i < 50; i++) site.onFullTransaction(20, HOUR_MS, false);
    expect(site.recipientsMax(undefined)).toBe(22);
    site.onTooManyRecipients(20, HOUR_MS + 1, '');
    expect(site.recipientsMax(undefined)).toBe(20);
    // The next try comes twice as late.
    for (let i = 0; i < 100; i++) site.onFullTransaction(20, 1.5 * HOUR_MS, false);
    expect(site.recipientsMax(undefined)).toBe(20);
  });

  it('is never tried upward where that is forbidden', () => {
    const site = limits({ recipients: { value: 20, sinceMs: 0, why: '' } });
    for (let i = 0; i < 500; i++) site.onFullTransaction(20, 10 * HOUR_MS, true);
    expect(site.recipientsMax(undefined)).toBe(20);
  });

  it('never exceeds what the profile says', () => {
    const site = limits({ recipients: { value: 60, sinceMs: 0, why: '' } });
    expect(site.recipientsMax(50)).toBe(50);
    expect(site.recipientsMax(70)).toBe(60);
  });
});

describe('transactions per session', () => {
  it('a close that repeats at the same count is a limit', () => {
    const site = limits();
    site.onSessionCut(20, 1_000, 'closed');
    expect(site.transactionsMax(undefined)).toBeUndefined();
    site.onSessionCut(20, 2_000, 'closed');
    expect(site.transactionsMax(undefined)).toBe(20);
    expect(site.transactionsMax(10)).toBe(10);
  });
});

describe('rate', () => {
  it('is halved when refused, recovers by steps, and binds no more at last', () => {
    const site = limits();
    site.onRateRefused(100, 1_000, 'slow down');
    const served = (fromMs: number, seconds: number) => {
      let count = 0;
      for (let ms = 0; ms < seconds * 1_000; ms += 5) {
        if (!site.mayTake(undefined, fromMs + ms)) continue;
        site.take(undefined, fromMs + ms, 1);
        count += 1;
      }
      return count / seconds;
    };
    expect(served(1_000, 10)).toBeGreaterThan(45);
    expect(served(11_000, 10)).toBeLessThan(70);
    expect(served(31_000, 10)).toBeGreaterThan(70);
    expect(served(11 * 60_000, 10)).toBeGreaterThan(90);
    expect(site.mayTake(undefined, 2 * HOUR_MS)).toBe(true);
    expect(site.learned.rate).toBeUndefined();
  });

  it('demo, docomo: a site that refuses a share of everything is not starved by halving for ever', () => {
    const site = limits();
    for (let ms = 0; ms < HOUR_MS; ms += 5_000) site.onRateRefused(20, 1_000 + ms, 'slow down');
    expect(site.learned.rate?.value).toBeGreaterThanOrEqual(2);
  });

  it('refusals of one burst are one refusal', () => {
    const site = limits();
    for (let i = 0; i < 50; i++) site.onRateRefused(100, 1_000 + i, 'slow down');
    expect(site.learned.rate?.value).toBe(50);
  });
});
