import { describe, expect, it } from 'vitest';
import { createSiteBackoff } from './site-backoff.ts';

const settings = { minDelayMs: 100, capMs: 400, jitterShare: 0.25 };

describe('backoff of a site', () => {
  it('is not in the way of a site that is up', () => {
    const site = createSiteBackoff(settings);
    expect(site.mayConnect(0)).toBe('yes');
    expect(site.retryAtMs).toBeNull();
  });

  it('after a failure one probe is let through when the pause is over', () => {
    const site = createSiteBackoff(settings);
    site.onFailure(1000, 0);
    expect(site.mayConnect(1099)).toBe('no');
    expect(site.mayConnect(1100)).toBe('probe');
    site.onProbeStarted();
    expect(site.mayConnect(1101)).toBe('no');
    site.onSuccess();
    expect(site.mayConnect(1102)).toBe('yes');
  });

  it('failed probes double the pause up to the cap', () => {
    const site = createSiteBackoff(settings);
    const pauses: number[] = [];
    let nowMs = 0;
    for (let i = 0; i < 5; i++) {
      site.onFailure(nowMs, 0);
      pauses.push((site.retryAtMs ?? 0) - nowMs);
      nowMs = site.retryAtMs ?? 0;
    }
    expect(pauses).toEqual([100, 200, 400, 400, 400]);
  });

  it('sessions that fail together count once', () => {
    const site = createSiteBackoff(settings);
    site.onFailure(0, 0);
    site.onFailure(1, 0);
    site.onFailure(2, 0);
    expect(site.failures).toBe(1);
    expect(site.retryAtMs).toBe(100);
  });

  it('jitter shortens the pause, so that sites do not wake together', () => {
    const site = createSiteBackoff(settings);
    site.onFailure(0, 0.8);
    expect(site.retryAtMs).toBe(80);
  });
});
