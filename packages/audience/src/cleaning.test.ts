import { describe, expect, test } from 'vitest';
import { cleaningVerdict, type DeadMailboxHit } from './cleaning.ts';

const DAY_MS = 86_400_000;
const hit = (changes: Partial<DeadMailboxHit> = {}): DeadMailboxHit => ({
  isCleaningOn: true,
  category: 'unknown-user',
  command: 'RCPT',
  acceptedBefore: 3,
  acceptedAfter: 1,
  isVetoed: false,
  atMs: 10 * DAY_MS,
  earlierHitAtMs: null,
  acceptedSinceEarlierHit: 0,
  ...changes,
});

describe('cleaningVerdict', () => {
  test('a dead mailbox at RCPT with others accepted before and after it is cleaned', () => {
    expect(cleaningVerdict(hit())).toEqual({ verdict: 'clean', because: 'accepted-around' });
    expect(cleaningVerdict(hit({ command: 'RCPT TO:<a@b.jp>' })).verdict).toBe('clean');
  });

  test.each([
    ['nobody was accepted before', { acceptedBefore: 0 }],
    ['nobody was accepted after', { acceptedAfter: 0 }],
  ])('it waits when %s, because that is how a block looks', (_what, changes) => {
    expect(cleaningVerdict(hit(changes))).toEqual({ verdict: 'wait', because: 'no-accept-around' });
  });

  test('a second hit cleans after a day, not before', () => {
    const alone = { acceptedBefore: 0, acceptedAfter: 0 };
    expect(cleaningVerdict(hit({ ...alone, earlierHitAtMs: 9 * DAY_MS }))).toEqual({
      verdict: 'clean',
      because: 'second-hit',
    });
    expect(cleaningVerdict(hit({ ...alone, earlierHitAtMs: 9 * DAY_MS + 1 })).verdict).toBe('wait');
  });

  test('a second hit cleans the same day, where others were accepted between the two', () => {
    const again = { acceptedBefore: 0, earlierHitAtMs: 10 * DAY_MS - 1_000 };
    expect(cleaningVerdict(hit({ ...again, acceptedSinceEarlierHit: 1 }))).toEqual({
      verdict: 'clean',
      because: 'second-hit',
    });
    expect(cleaningVerdict(hit(again)).verdict).toBe('wait');
    const never = hit({ acceptedBefore: 0, acceptedSinceEarlierHit: 1 });
    expect(cleaningVerdict(never).verdict).toBe('wait');
  });

  test('a burst veto keeps everything waiting, also a second hit', () => {
    expect(cleaningVerdict(hit({ isVetoed: true, earlierHitAtMs: 0 }))).toEqual({
      verdict: 'wait',
      because: 'vetoed',
    });
  });

  test('a 550 at the dot is the filter of a recipient and cleans nothing', () => {
    expect(cleaningVerdict(hit({ command: 'DATA' })).verdict).toBe('keep');
  });

  test.each(['mailbox-full', 'reputation', 'recipient-filter', 'recipient-rate'])(
    '%s says nothing about the mailbox',
    (category) => {
      expect(cleaningVerdict(hit({ category }))).toEqual({
        verdict: 'keep',
        because: 'not-the-mailbox',
      });
    },
  );

  test('nothing is cleaned for a tenant that does not want it', () => {
    expect(cleaningVerdict(hit({ isCleaningOn: false })).verdict).toBe('keep');
  });
});
