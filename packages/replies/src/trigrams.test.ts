import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHave, trigramsNeeded, trigramsOf } from './trigrams.ts';

describe('trigrams', () => {
  it('never rule out a phrase that is there', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, phrase, after) => {
        expect(mayHave(trigramsOf(before + phrase + after), trigramsNeeded([phrase]))).toBe(true);
      }),
    );
  });

  it('rule out what shares no letters', () => {
    expect(mayHave(trigramsOf('mailbox is full'), trigramsNeeded(['user unknown']))).toBe(false);
  });
});
