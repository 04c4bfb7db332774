import { expect, test } from 'vitest';
import { distinctBy } from './distinct.ts';

test('each kind once, in order of its first item, and every item points to its own', () => {
  const items = ['ab', 'x', 'cd', 'y', 'efg'];
  const { kinds, nths } = distinctBy(items, (item) => String(item.length));
  expect(kinds).toEqual(['ab', 'x', 'efg']);
  expect(nths).toEqual([1, 2, 1, 2, 3]);
  expect(distinctBy([], String)).toEqual({ kinds: [], nths: [] });
});
