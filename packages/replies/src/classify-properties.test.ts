/** What holds for every reply, also for those that nobody has thought of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, PHASES } from './categories.ts';
import { classify, createClassifier, type ReplyFacts } from './classify.ts';
import { GOLDEN } from './golden/index.ts';
import { RULES } from './rules/index.ts';
import { factsOf } from './validate.ts';

const KNOWN = new Set<string>(CATEGORIES);
const IDS = new Set([...RULES.map(({ id }) => id), 'none']);

const anyReply: fc.Arbitrary<ReplyFacts> = fc.record({
  site: fc.oneof(fc.constantFrom('gmail.com', 'docomo.ne.jp', 'yahoo.co.jp.'), fc.string()),
  phase: fc.constantFrom(...PHASES),
  code: fc.option(fc.integer({ min: -1, max: 1_000 })),
  enhanced: fc.option(fc.oneof(fc.constantFrom('5.1.1', '4.7.28', '5..1'), fc.string())),
  text: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...GOLDEN.map((g) => g.reply))),
  mx: fc.option(fc.string()),
});

describe('classify', () => {
  it('never throws, and always says a known category and rule', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const { category, rule } = classify(reply);
        expect(KNOWN).toContain(category);
        expect(IDS).toContain(rule);
      }),
    );
  });

  it('says the same whatever was asked before, remembered or not', () => {
    fc.assert(
      fc.property(fc.array(anyReply, { maxLength: 8 }), (replies) => {
        const warm = replies.map((reply) => classify(reply));
        const cold = replies.map((reply) => createClassifier(RULES)(reply));
        expect(warm).toEqual(cold);
      }),
      { numRuns: 30 },
    );
  });

  it('a block named in a reply beats any words about the mailbox', () => {
    const deadMailboxes = GOLDEN.filter(
      ({ category, site }) => category === 'unknown-user' && site.startsWith('example'),
    );
    expect(deadMailboxes.length).toBeGreaterThan(20);
    for (const golden of deadMailboxes) {
      const { code, text, ...facts } = factsOf(golden);
      const blocked = `${text}. Your IP 192.0.2.1 is blacklisted by zen.spamhaus.org`;
      // Exchange's own code for an unknown recipient stands before words of block.
      if (text.includes('5.4.1')) continue;
      expect([golden.reply, classify({ ...facts, code, text: blocked }).category]).toEqual([
        golden.reply,
        'reputation',
      ]);
    }
  });

  it('a long text of a stranger takes no time to speak of', () => {
    for (const piece of [
      'a',
      ' ',
      'content ',
      'mailbox user ',
      '<x@y.z> ',
      'https://',
      '(((',
      '5.1.1 ',
    ]) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(KNOWN).toContain(classify({ site: 'x.test', phase: 'dot', code: 550, text }).category);
    }
  }, 60_000);
});
