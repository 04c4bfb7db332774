import { describe, expect, it } from 'vitest';
import { classify, type ReplyFacts } from './classify.ts';
import { CITED } from './golden/cited.ts';
import { DOCUMENTED, type GoldenCase, TRAPS } from './golden/documented.ts';
import { factsOf } from './validate.ts';

const at = (phase: ReplyFacts['phase'], reply: string, site = 'example.com') =>
  classify(factsOf({ reply, phase, site }));

describe('golden replies', () => {
  it.each(DOCUMENTED.map(named))('%s', (_, [site, phase, reply, category, more]) => {
    expect(classify(factsOf({ site, phase, reply, ...more })).category).toBe(category);
  });
});

describe('replies that providers and postmasters publish', () => {
  it.each(CITED.flatMap(({ cases }) => cases).map(named))('%s', (_, row) => {
    const [site, phase, reply, category, more] = row;
    expect(classify(factsOf({ site, phase, reply, ...more })).category).toBe(category);
  });
});

describe('replies that a hasty rule gets wrong', () => {
  it.each(TRAPS.map(named))('%s', (_, [site, phase, reply, category, more]) => {
    expect(classify(factsOf({ site, phase, reply, ...more })).category).toBe(category);
  });
});

describe('what follows from a reply', () => {
  it('a dead mailbox at RCPT is for cleaning, after the dot it is only counted', () => {
    expect(at('rcpt', '550 5.1.1 User unknown')).toMatchObject({
      action: 'clean',
      scope: 'recipient',
      permanence: 'permanent',
    });
    expect(at('dot', '550 5.1.1 User unknown').action).toBe('count');
  });

  it('a 4yz about a user cleans nobody', () => {
    expect(at('rcpt', '450 4.1.1 User unknown')).toMatchObject({
      category: 'unknown-user',
      action: 'retry',
      permanence: 'transient',
    });
  });

  it("the recipient's own filter at the dot is never for cleaning", () => {
    expect(at('dot', '550 Unknown user x', 'docomo.ne.jp').action).toBe('count');
  });

  it('a limit passes, whatever class its code has', () => {
    expect(at('rcpt', '552 Too many recipients', 'docomo.ne.jp').permanence).toBe('transient');
    expect(at('rcpt', '550 5.2.1 receiving mail at a rate that', 'gmail.com').permanence).toBe(
      'transient',
    );
  });

  it("a block's 550 is quarantined, its 4yz backs off", () => {
    expect(at('rcpt', '550 5.1.1 Your IP is blacklisted').action).toBe('quarantine');
    expect(at('rcpt', '451 4.7.1 Your IP is blacklisted').action).toBe('back-off');
  });

  it('no reply after the dot is unknown, before it the network', () => {
    expect(at('dot', '')).toMatchObject({ category: 'unknown', permanence: 'unknown' });
    expect(at('data', '')).toMatchObject({ category: 'network', permanence: 'transient' });
    expect(at('dot', '421 4.3.2 Closing').category).toBe('server-temporary');
  });

  it('out of step with the server bounces nobody', () => {
    expect(at('rcpt', '503 Bad sequence of commands')).toMatchObject({
      category: 'protocol',
      action: 'retry',
      permanence: 'transient',
    });
  });

  it('a refusal for good is bounced, the same for now is tried again', () => {
    expect(at('dot', '554 5.4.6 Too many hops').action).toBe('bounce');
    expect(at('rcpt', '454 4.7.1 Relay access denied').action).toBe('retry');
  });

  it('the same text is judged by whose address it names', () => {
    const facts = { site: 'example.com', phase: 'rcpt', code: 550, text: 'no 192.0.2.1' } as const;
    expect(classify(facts).category).toBe('unclassified');
    expect(classify({ ...facts, own: ['192.0.2.1'] }).category).toBe('reputation');
    expect(classify({ ...facts, own: ['192.0.2.2'] }).category).toBe('unclassified');
  });

  it('tells which rule decided and the enhanced code it used', () => {
    expect(at('rcpt', '550 #5.1.1 no')).toMatchObject({
      rule: 'enhanced-no-mailbox',
      enhanced: '5.1.1',
    });
  });

  it('an enhanced code given apart counts like one in the text', () => {
    const facts = { site: 'example.com', phase: 'rcpt', code: 550, text: 'no' } as const;
    expect(classify({ ...facts, enhanced: '5.1.1' }).category).toBe('unknown-user');
    expect(classify({ ...facts, enhanced: null }).category).toBe('unclassified');
  });

  it('a code outside 200–599 is no reply', () => {
    const facts = { site: 'example.com', phase: 'dot', text: '' } as const;
    expect(classify({ ...facts, code: 999 }).category).toBe('unknown');
  });
});

function named(row: GoldenCase): [string, GoldenCase] {
  const [site, phase, reply, category] = row;
  return [`${site} ${phase} "${reply.slice(0, 70)}" → ${category}`, row];
}
