import { expect, it } from 'vitest';
import { plainArray, textArray } from './array-literal.ts';

it('writes numbers, words and nothing at all without quotes', () => {
  expect(plainArray([1, -2.5, null, true, 'accepted'])).toBe('{1,-2.5,NULL,true,accepted}');
  expect(plainArray([])).toBe('{}');
});

it('quotes text, and escapes what would end it', () => {
  expect(textArray(['a,b', null, '', 'NULL', 'say "no" \\ {x}'])).toBe(
    '{"a,b",NULL,"","NULL","say \\"no\\" \\\\ {x}"}',
  );
});
