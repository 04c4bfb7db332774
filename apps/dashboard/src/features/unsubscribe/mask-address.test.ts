import { expect, test } from 'vitest';
import { maskAddress } from './mask-address.ts';

test('only the first character of the local part is shown', () => {
  expect(maskAddress('hanako.sato@example.jp')).toBe('h•••@example.jp');
  expect(maskAddress('a@b@example.jp')).toBe('a•••@example.jp');
});
