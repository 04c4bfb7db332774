import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peopleHref, readPeopleFilter } from './people-filter.ts';

const params = (href: string) =>
  Object.fromEntries(new URL(href, 'http://localhost').searchParams) as Record<string, string>;

test('a filter survives the address', () => {
  const filter = {
    state: 'bounced' as const,
    domain: 'docomo.example',
    category: 'unknown-user',
    code: 550,
    enhanced: null,
    search: 'a+b@docomo.example',
  };
  expect(readPeopleFilter(params(peopleHref('c', filter)))).toEqual(filter);
});

test('none and any are different', () => {
  expect(readPeopleFilter({ category: '-' }).category).toBeNull();
  expect(readPeopleFilter({ category: '' }).category).toBeUndefined();
});

test('no address makes the reader throw or pass on a state or code that does not exist', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
      (given) => {
        const { state, code } = readPeopleFilter(given);
        expect(state === undefined || /^[a-z]+$/.test(state)).toBe(true);
        expect(code == null || (code >= 0 && code <= 999)).toBe(true);
      },
    ),
  );
});
