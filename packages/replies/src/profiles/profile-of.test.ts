import { describe, expect, it } from 'vitest';
import type { LearnedField } from './profile-of.ts';
import { profileOf } from './profile-of.ts';
import { RULE_BREAKERS } from './rule-breakers.ts';
import { SEEDED_PROFILES } from './seeded.ts';

const NOW = Date.UTC(2026, 10, 26, 3);
const NOTHING = { staffOverride: null, learned: [] };
const learned = (more: Partial<LearnedField>): LearnedField => ({
  field: 'transactionsMax',
  value: 7,
  mxHost: null,
  reason: 'Closed after 7.',
  atMs: NOW - 1_000,
  expiresAtMs: NOW + 1_000,
  ...more,
});

describe('profileOf', () => {
  it('an unknown destination has the RFC’s limits, and says that nothing else is known', () => {
    const profile = profileOf('example.com', ['mx.example.com'], NOTHING, NOW);
    expect(profile.values).toMatchObject({ recipientsMax: 100, transactionsMax: null });
    expect(profile.origins.recipientsMax.from).toBe('default');
    expect(profile.names).toEqual([]);
  });

  it('a destination is known by its domain or by its MX host', () => {
    const byDomain = profileOf('yahoo.com', [], NOTHING, NOW);
    const byMx = profileOf('example.com', ['mta5.am0.yahoodns.net.'], NOTHING, NOW);
    for (const { values, origins, names } of [byDomain, byMx]) {
      expect(values.transactionsMax).toBe(20);
      expect(origins.transactionsMax).toMatchObject({
        from: 'seeded',
        cite: expect.stringMatching(/^https:/),
      });
      expect(names).toEqual(['Yahoo']);
    }
  });

  it('what was learned beats what was seeded until it expires', () => {
    const sources = { staffOverride: null, learned: [learned({})] };
    const now = profileOf('yahoo.com', [], sources, NOW);
    expect(now.values.transactionsMax).toBe(7);
    expect(now.origins.transactionsMax).toEqual({
      from: 'learned',
      reason: 'Closed after 7.',
      atMs: NOW - 1_000,
      expiresAtMs: NOW + 1_000,
      cite: null,
    });
    expect(profileOf('yahoo.com', [], sources, NOW + 1_000).values.transactionsMax).toBe(20);
  });

  it('staff beat everything, with their reason', () => {
    const staffOverride = { values: { transactionsMax: 3 }, reason: 'Told so.', atMs: NOW - 9 };
    const sources = { staffOverride, learned: [learned({})] };
    const { values, origins } = profileOf('yahoo.com', [], sources, NOW);
    expect(values.transactionsMax).toBe(3);
    expect(origins.transactionsMax).toMatchObject({
      from: 'staff',
      reason: 'Told so.',
      atMs: NOW - 9,
    });
    expect(origins.isCleanCloseExpected.from).toBe('seeded');
  });

  it('a cap that must not be probed is lowered by experience and raised by staff alone', () => {
    const learn = (value: number) => [learned({ field: 'recipientsMax', value })];
    const at = (value: number) =>
      profileOf('docomo.ne.jp', [], { staffOverride: null, learned: learn(value) }, NOW).values;
    expect(at(200).recipientsMax).toBe(100);
    expect(at(50).recipientsMax).toBe(50);
    const staffOverride = { values: { recipientsMax: 200 }, reason: 'A contract.', atMs: NOW };
    expect(
      profileOf('docomo.ne.jp', [], { staffOverride, learned: [] }, NOW).values.recipientsMax,
    ).toBe(200);
  });

  it('what was learned of one host is not said of another', () => {
    const quirk = learned({ field: 'isStartTlsOff', value: true, mxHost: 'MX1.example.com.' });
    const sources = { staffOverride: null, learned: [quirk] };
    const quirksAt = (host: string) => profileOf('example.com', [host], sources, NOW).quirks;
    expect(quirksAt('mx1.example.com').isStartTlsOff).toBe(true);
    expect(quirksAt('mx2.example.com').isStartTlsOff).toBe(false);
  });

  it('a field that is not known, from an older or newer release, is left out', () => {
    const odd = learned({ field: 'nothing' as LearnedField['field'] });
    const { values } = profileOf('x.test', [], { staffOverride: null, learned: [odd] }, NOW);
    expect(values).not.toHaveProperty('nothing');
  });
});

describe('the data', () => {
  it('knows twenty rule breakers, and every seeded fact has a reason', () => {
    expect(RULE_BREAKERS.map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    for (const { facts } of SEEDED_PROFILES)
      for (const { reason, values, ruleBreakers } of facts) {
        expect(reason).not.toBe('');
        expect(Object.keys(values)).not.toEqual([]);
        expect(ruleBreakers).not.toEqual([]);
      }
  });
});
