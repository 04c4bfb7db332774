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

  it('refuses code and enhanced code of different classes: it can never match', () => {
    const never = rule('never', { code: ['4xx'], enhanced: ['5.1.1'] });
    expect(codesOf([never])).toContain('never rule-cannot-match');
  });

  it('refuses a phrase in capitals, a taken id, and a rule without proof or reason', () => {
    expect(codesOf([rule('a', { text: ['No such'] })])).toContain('a rule-bad-phrase');
    expect(codesOf([rule('a', {}), rule('a', {})])).toContain('a rule-id-taken');
    expect(codesOf([rule('a', { examples: [] })])).toContain('a rule-without-example');
    expect(codesOf([rule('a', { reason: ' ' })])).toContain('a rule-without-reason');
  });
});
