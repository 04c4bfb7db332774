import type { StoredSiteProfile } from '@hikyaku/db';
import { describe, expect, it } from 'vitest';
import { bindingLimits, otherSettings } from './limits.ts';

const NOW = Date.UTC(2026, 10, 26);
const learned = (value: number, source = '192.0.2.1'): StoredSiteProfile['learned'][number] => ({
  ...{ field: 'recipientsMax', value, mxHost: null, source },
  ...{ reason: `452 after ${value}`, atMs: NOW - 1_000, expiresAtMs: NOW + 1_000 },
});
const stored = (more: Partial<StoredSiteProfile> = {}): StoredSiteProfile => ({
  ...{ site: '127.0.0.1:25', isPausedByStaff: false, staffOverride: null, overrideFault: null },
  learned: [],
  ...more,
});
const limit = (profile: StoredSiteProfile, field: string, domain = 'docomo.ne.jp') =>
  bindingLimits(profile, domain, NOW).find((one) => one.field === field);

describe('which limit binds', () => {
  it('seeded, where nothing else is known', () => {
    expect(limit(stored(), 'recipientsMax')).toMatchObject({ value: 100, from: 'seeded' });
    expect(limit(stored(), 'rateMax')).toMatchObject({ value: null, from: 'default' });
  });

  it('the least of what was learned, with its source and reason', () => {
    const profile = stored({ learned: [learned(37), learned(20, '192.0.2.2')] });
    expect(limit(profile, 'recipientsMax')).toMatchObject({
      ...{ value: 20, from: 'learned', source: '192.0.2.2', reason: '452 after 20' },
    });
  });

  it('staff’s, below what was learned; above it the learned one goes on to bind', () => {
    const by = (recipientsMax: number) =>
      stored({
        learned: [learned(37)],
        staffOverride: { values: { recipientsMax }, reason: 'r', atMs: NOW, by: null },
      });
    expect(limit(by(10), 'recipientsMax')).toMatchObject({ value: 10, from: 'staff' });
    expect(limit(by(50), 'recipientsMax')).toMatchObject({
      ...{ value: 37, from: 'learned', isOverridden: true },
    });
  });

  it('habits that differ from the default are listed with their reason', () => {
    const fields = otherSettings(stored(), 'docomo.ne.jp', NOW).map(({ field }) => field);
    expect(fields).toContain('isRecipientProbeAllowed');
    expect(fields).not.toContain('recipientsMax');
  });
});
