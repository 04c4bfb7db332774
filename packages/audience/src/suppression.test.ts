import { describe, expect, test } from 'vitest';
import { exclusionReason, mayRelease, releaseVerdict, strongerReason } from './suppression.ts';

describe('releasing a suppression', () => {
  test('an unsubscribed person comes back only with a note of their consent', () => {
    expect(mayRelease('unsubscribed', 'owner', '')).toBe(false);
    expect(mayRelease('unsubscribed', 'owner', ' ')).toBe(false);
    expect(mayRelease('unsubscribed', 'owner', '2026-11-24 店頭にて再登録')).toBe(true);
    expect(mayRelease('unsubscribed', 'editor', 'said so')).toBe(false);
  });

  test('a complaint is released by staff alone', () => {
    expect(mayRelease('complained', 'owner', 'said so')).toBe(false);
    expect(mayRelease('complained', 'staff', 'called us')).toBe(true);
  });

  test('a dead mailbox or an entry by hand is released by everybody but viewers', () => {
    for (const reason of ['bounced', 'manual', 'imported'] as const) {
      expect(releaseVerdict(reason, 'editor')).toBe('allowed');
      expect(releaseVerdict(reason, 'viewer')).toBe('forbidden');
    }
  });

  test('a bounce does not make an unsubscribed person releasable', () => {
    expect(strongerReason('unsubscribed', 'bounced')).toBe('unsubscribed');
    expect(strongerReason('manual', 'complained')).toBe('complained');
  });
});

describe('exclusionReason', () => {
  test('tells the strongest reason', () => {
    const person = { suppressions: ['bounced', 'unsubscribed'] as const, isAddressValid: false };
    expect(exclusionReason(person)).toBe('unsubscribed');
  });
  test('tells a bad address when nothing else stands', () => {
    expect(exclusionReason({ suppressions: [], isAddressValid: false })).toBe('bad-address');
  });
  test('leaves everybody else in', () => {
    expect(exclusionReason({ suppressions: [], isAddressValid: true })).toBeNull();
  });
});
