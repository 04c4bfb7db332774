import { describe, expect, it } from 'vitest';
import type { Rule } from './rule.ts';
import { validateRules } from './validate.ts';

const rule = (id: string, more: Partial<Rule>): Rule => ({
  id,
  tier: 'user-text',
  category: 'unknown-user',
  reason: 'test',
  examples: [{ reply: '550 no such user' }],
  text: ['no such user'],
  ...more,
});

const codesOf = (rules: readonly Rule[]) => validateRules(rules).map((f) => `${f.rule} ${f.code}`);

describe('validateRules', () => {
  it('accepts a rule that decides its example', () => {
    expect(validateRules([rule('a', {})])).toEqual([]);
  });

  it('refuses a rule that an earlier, wider one shadows', () => {
    const wide = rule('wide', { text: ['no such'] });
    expect(codesOf([wide, rule('narrow', {})])).toContain('narrow rule-shadowed');
  });

  it('refuses an example that another rule decides', () => {
    const other = rule('other', { tier: 'words', text: ['such user'] });
    expect(codesOf([other, rule('a', {})])).toContain('a rule-example-decided-elsewhere');
  });

  it('refuses a phrase that an earlier pattern finds wherever it stands', () => {
    const wide = rule('wide', { text: undefined, pattern: /no such/ });
    expect(codesOf([wide, rule('narrow', {})])).toContain('narrow rule-shadowed');
    const bounded = rule('bounded', { text: undefined, pattern: /\bno such user\b/ });
    expect(codesOf([bounded, rule('narrow', {})])).not.toContain('narrow rule-shadowed');
  });

  it('refuses a rule of a later level whose conditions an earlier level has taken', () => {
    const words = rule('words', { tier: 'words', code: ['5xx'], text: ['user'] });
    const later = rule('later', { code: ['550'], phase: ['rcpt'] });
    expect(codesOf([later, words])).toContain('later rule-shadowed');
  });

  it.each<[string, Partial<Rule>]>([
    ['code and enhanced code of different classes', { code: ['4xx'], enhanced: ['5.1.1'] }],
    ['a 3yz where only DATA is answered so', { code: ['354'], phase: ['rcpt'] }],
    ['a command that is not of the phase', { phase: ['dot'], command: ['RCPT'] }],
    ['a success that is to name us', { code: ['2xx'], isOwn: true }],
    ['an empty list', { text: [] }],
    ['capitals in a pattern, where texts are in lower case', { pattern: /User/ }],
  ])('refuses what can never match: %s', (_, more) => {
    expect(codesOf([rule('never', more)])).toContain('never rule-cannot-match');
  });

  it.each([['6xx'], ['55'], ['abc']])('refuses a code that is none: %s', (code) => {
    expect(codesOf([rule('a', { code: [code] })])).toContain('a rule-bad-code');
  });

  it('refuses an enhanced code that is none', () => {
    expect(codesOf([rule('a', { enhanced: ['5.1'] })])).toContain('a rule-bad-code');
  });

  it.each([
    'No such',
    '',
    ' ',
    '*',
    'two  blanks',
    'mail to x@example.com',
    'see https://example.com/',
  ])('refuses a phrase that no prepared text has: "%s"', (phrase) => {
    expect(codesOf([rule('a', { text: [phrase] })])).toContain('a rule-bad-phrase');
  });

  it('refuses a pattern that says nothing, or that remembers', () => {
    expect(codesOf([rule('a', { pattern: /(?:)/ })])).toContain('a rule-empty-pattern');
    expect(codesOf([rule('a', { pattern: /(user)?/ })])).toContain('a rule-empty-pattern');
    expect(codesOf([rule('a', { pattern: /user/g })])).toContain('a rule-stateful-pattern');
  });

  it('refuses a pattern that may run away', () => {
    expect(codesOf([rule('a', { pattern: /(a+)+$/ })])).toContain('a rule-catastrophic-pattern');
  });

  it('refuses a taken id, and a rule without proof or reason', () => {
    expect(codesOf([rule('a', {}), rule('a', {})])).toContain('a rule-id-taken');
    expect(codesOf([rule('a', { examples: [] })])).toContain('a rule-without-example');
    expect(codesOf([rule('a', { reason: ' ' })])).toContain('a rule-without-reason');
  });
});
