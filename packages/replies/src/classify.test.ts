import { describe, expect, it } from 'vitest';
import { classify, type ReplyFacts } from './classify.ts';
import { factsOf } from './validate.ts';

const at = (phase: ReplyFacts['phase'], reply: string, site = 'example.com') =>
  classify(factsOf({ reply, phase, site }));

describe('what a reply says', () => {
  it('a dead mailbox is the recipient, for good', () => {
    expect(at('rcpt', '550 5.1.1 User unknown')).toMatchObject({
      category: 'unknown-user',
      scope: 'recipient',
      permanence: 'permanent',
    });
    expect(at('rcpt', '450 4.1.1 User unknown').permanence).toBe('transient');
  });

  it('the same words answered to MAIL speak of the sender', () => {
    expect(at('mail', '550 5.1.7 No such domain example.jp').category).toBe('sender-bad');
    expect(at('mail', '553 5.1.0 example.jp does not exist').category).toBe('sender-bad');
    expect(at('rcpt', '550 No such domain example.jp').category).toBe('domain-bad');
  });

  it('a limit passes, whatever class its code has', () => {
    expect(at('rcpt', '552 Too many recipients', 'docomo.ne.jp').permanence).toBe('transient');
    expect(at('rcpt', '550 5.2.1 receiving mail at a rate that', 'gmail.com').permanence).toBe(
      'transient',
    );
  });

  it('no reply after the dot is unknown, before it the network', () => {
    expect(at('dot', '')).toMatchObject({ category: 'unknown', permanence: 'unknown' });
    expect(at('data', '')).toMatchObject({ category: 'network', permanence: 'transient' });
    expect(at('dot', '421 4.3.2 Closing').category).toBe('server-temporary');
  });

  it('out of step with the server bounces nobody', () => {
    expect(at('rcpt', '503 Bad sequence of commands')).toMatchObject({
      category: 'protocol',
      permanence: 'transient',
    });
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
