import { expect, test } from 'vitest';
import { safeNextPath } from './next-path.ts';

test('a path of this site is kept with its query', () => {
  expect(safeNextPath('/lists/1?q=a')).toBe('/lists/1?q=a');
});

test.each([
  'https://evil.test/',
  '//evil.test/x',
  '/\\evil.test/x',
  '/\t/evil.test',
  '/x/..//evil.test',
  'javascript:alert(1)',
  '',
  undefined,
  ['/a'],
])('%j leads home', (given) => {
  expect(safeNextPath(given)).toBe('/');
});
