/** The golden replies: what each means, and that enough of them are real and say where they stand. */
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { isCitation } from './golden/format.ts';
import { CITED, GOLDEN, type GoldenCase, KNOWN, MADE_UP } from './golden/index.ts';
import { factsOf } from './validate.ts';

describe('golden replies', () => {
  it.each(CITED.map(named))('%s', (_, golden) => judge(golden));
});

describe('the examples of the knowledge of replies', () => {
  it.each(KNOWN.map(named))('%s', (_, golden) => judge(golden));
});

describe('synthetic replies that a hasty rule gets wrong', () => {
  it.each(MADE_UP.map(named))('%s', (_, golden) => judge(golden));
});

describe('the collection', () => {
  it('has at least 200 real replies, each with a public citation, none twice', () => {
    expect(CITED.filter(({ cite }) => !isCitation(cite))).toEqual([]);
    const different = new Set(CITED.map(({ site, phase, reply }) => `${site} ${phase} ${reply}`));
    expect(different.size).toBe(CITED.length);
    expect(new Set(CITED.map(({ reply }) => reply)).size).toBeGreaterThanOrEqual(200);
  });

  it('marks what is not cited', () => {
    for (const { cite } of [...KNOWN, ...MADE_UP]) expect(cite).toBeNull();
  });

  it('knows what a citation is', () => {
    expect(isCitation('https://support.google.com/a/answer/3726730')).toBe(true);
    for (const bad of [
      '',
      'RFC 5321',
      'http://example.com/x',
      'https://nowhere',
      'https://x y.com/',
    ])
      expect(isCitation(bad)).toBe(false);
  });

  it('has every category but those that no text decides', () => {
    const found = new Set(GOLDEN.map(({ category }) => category));
    for (const category of [
      'unknown-user',
      'reputation',
      'recipient-filter',
      'auth',
      'relay',
    ] as const)
      expect(found).toContain(category);
  });
});

function judge(golden: GoldenCase): void {
  const { category, rule } = classify(factsOf(golden));
  expect(`${category} (${rule})`).toBe(`${golden.category} (${rule})`);
}

function named(golden: GoldenCase): [string, GoldenCase] {
  const { site, phase, reply, category } = golden;
  return [`${site} ${phase} "${reply.slice(0, 70)}" → ${category}`, golden];
}
