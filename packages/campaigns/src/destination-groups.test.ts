import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPatterns, groupKeysOf, groupOf } from './destination-groups.ts';

const groups = [
  { key: 'mobile', patterns: ['docomo.ne.jp', '*.vodafone.ne.jp', 'ezweb.ne.jp'] },
  { key: 'free', patterns: ['gmail.com', 'special.d.vodafone.ne.jp', '*.x.vodafone.ne.jp'] },
  { key: 'other', patterns: [] },
];

describe('groupOf', () => {
  it.each([
    ['docomo.ne.jp', 'mobile'],
    ['DOCOMO.ne.jp', 'mobile'],
    ['d.vodafone.ne.jp', 'mobile'],
    ['a.b.vodafone.ne.jp', 'mobile'],
    ['special.d.vodafone.ne.jp', 'free'],
    ['a.x.vodafone.ne.jp', 'free'],
    ['vodafone.ne.jp', 'other'],
    ['notdocomo.ne.jp', 'other'],
    ['mail.docomo.ne.jp', 'other'],
    ['company.example', 'other'],
    ['', 'other'],
  ])('%s is %s', (domain, key) => {
    expect(groupOf(domain, groups)).toBe(key);
  });

  it('every domain has a group, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string()), (domain) => {
        expect(groupKeysOf(groups)).toContain(groupOf(domain, groups));
      }),
    );
  });

  it('without groups everything is other', () => {
    expect(groupOf('docomo.ne.jp', [])).toBe('other');
    expect(groupKeysOf([])).toEqual(['other']);
  });
});

describe('checkPatterns', () => {
  const mobile = (patterns: string[]) => checkPatterns({ key: 'mobile', patterns }, groups);
  it.each([['docomo'], ['*'], ['a.*.jp'], ['*.'], ['Docomo.ne.jp'], ['a b.jp'], ['-a.jp'], ['']])(
    'refuses %j',
    (pattern) => {
      expect(mobile(['ok.example', pattern])).toEqual({ ok: false, code: 'pattern-bad', pattern });
    },
  );

  it('refuses what another group has, and patterns of what is left over', () => {
    expect(mobile(['gmail.com'])).toEqual({
      ok: false,
      code: 'pattern-twice',
      pattern: 'gmail.com',
    });
    expect(mobile(['docomo.ne.jp', '*.example.jp'])).toEqual({ ok: true });
    expect(checkPatterns({ key: 'other', patterns: ['a.jp'] }, groups)).toMatchObject({
      code: 'group-other-patterns',
    });
  });
});
