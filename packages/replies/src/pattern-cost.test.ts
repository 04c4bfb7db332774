import { describe, expect, it } from 'vitest';
import { catastropheOf } from './pattern-cost.ts';

describe('catastropheOf', () => {
  it.each([
    /(a+)+b/,
    /(?:x*)*y/,
    /(\w+\s?)+$/,
    /(a|aa)+$/,
    /(?:[a-z]{2,})*!/,
    /.*.*user/,
    /a.*b.*c.*d/,
    /(?<name>\d+)+x/,
  ])('refuses %s', (pattern) => {
    expect(catastropheOf(pattern.source)).not.toBeNull();
  });

  it.each([
    /user unknown|no such user/,
    /\bcontents?\b.*(reject|block)|virus.*found/,
    /mailbox.{0,60}(full|closed)/,
    /^[^a-z]*address rejected/,
    /(?:tss?\d\d)? deferred [([]\w+[)\]]/,
    /a{3}b{1,4}(?!c)(?<=d)/,
  ])('takes %s', (pattern) => {
    expect(catastropheOf(pattern.source)).toBeNull();
  });
});
