import { describe, expect, it } from 'vitest';
import { afterCongestion, connectFailureOf, listPaceOf } from './habits.ts';
import { learnFrom } from './learn.ts';
import { profileOf } from './profile-of.ts';

const NOW = Date.UTC(2026, 10, 26, 3);
const profile = (site: string) => profileOf(site, [], { staffOverride: null, learned: [] }, NOW);

describe('habits', () => {
  it('a reset at connect is 421 at au and the network elsewhere', () => {
    expect(connectFailureOf(profile('au.com'), 'ECONNRESET')?.code).toBe(421);
    expect(connectFailureOf(profile('au.com'), 'ETIMEDOUT')).toBeNull();
    expect(connectFailureOf(profile('example.com'), 'ECONNRESET')).toBeNull();
  });

  it('nothing begins on the hour at a carrier', () => {
    const docomo = profile('docomo.ne.jp');
    const at = (clock: string) => Date.parse(`2026-11-26T${clock}Z`);
    expect(afterCongestion(docomo, at('09:00:30'))).toBe(at('09:03:00'));
    expect(afterCongestion(docomo, at('08:58:00'))).toBe(at('09:03:00'));
    expect(afterCongestion(docomo, at('09:03:10'))).toBe(at('09:03:10'));
    expect(afterCongestion(profile('example.com'), at('09:00:30'))).toBe(at('09:00:30'));
  });

  it('a list of unknown age is probed, and stopped when too many are unknown', () => {
    const docomo = profile('docomo.ne.jp');
    expect(listPaceOf(docomo, { accepted: 0, unknownUsers: 0 })).toBe('probe');
    expect(listPaceOf(docomo, { accepted: 20, unknownUsers: 10 })).toBe('stop');
    expect(listPaceOf(docomo, { accepted: 196, unknownUsers: 4 })).toBe('go');
    expect(listPaceOf(profile('example.com'), { accepted: 0, unknownUsers: 0 })).toBe('go');
  });
});

describe('learnFrom', () => {
  const somewhere = profile('example.com');

  it('believes a cap when it was seen twice', () => {
    const seen = { kind: 'too-many-recipients', accepted: 40 } as const;
    expect(learnFrom({ ...seen, timesSeen: 1 }, somewhere, NOW)).toEqual([]);
    expect(learnFrom({ ...seen, timesSeen: 2 }, somewhere, NOW)).toMatchObject([
      { field: 'recipientsMax', value: 40, atMs: NOW },
    ]);
  });

  it('halves the cap when the connection was dropped, never below one', () => {
    const drop = (written: number) =>
      learnFrom({ kind: 'dropped-at-rcpt', written }, somewhere, NOW)[0]?.value;
    expect(drop(100)).toBe(50);
    expect(drop(60)).toBe(30);
    expect(drop(1)).toBe(1);
  });

  it('a broken extension is off for a while at that host: TLS for a day, others for a week', () => {
    const broken = (extension: string) =>
      learnFrom(
        { kind: 'extension-broken', extension, mxHost: 'mx.example.com', detail: 'reset' },
        somewhere,
        NOW,
      )[0];
    const days = (field: { expiresAtMs: number } | undefined) =>
      ((field?.expiresAtMs ?? 0) - NOW) / 86_400_000;
    expect(broken('STARTTLS')).toMatchObject({ field: 'isStartTlsOff', mxHost: 'mx.example.com' });
    expect(days(broken('STARTTLS'))).toBe(1);
    expect(broken('PIPELINING')).toMatchObject({ field: 'isPipeliningOff', value: true });
    expect(broken('8BITMIME')).toMatchObject({ field: 'extensionsOff', value: ['8BITMIME'] });
    expect(days(broken('8BITMIME'))).toBe(7);
  });
});
