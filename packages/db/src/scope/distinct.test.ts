import { expect, test } from 'vitest';
import { distinct } from './distinct.ts';

test('each kind once, in order of its first item, and every item points to its own', () => {
  const items = ['ab', 'x', 'cd', 'y', 'efg'];
  const isAlike = (one: string, other: string) => one.length === other.length;
  expect(distinct(items, isAlike)).toEqual({ kinds: ['ab', 'x', 'efg'], nths: [1, 2, 1, 2, 3] });
  expect(distinct([], isAlike)).toEqual({ kinds: [], nths: [] });
});
