import { expect, test } from 'vitest';
import { withoutNul } from './without-nul.ts';

test('NUL is taken out of strings at any depth, and nothing else is touched', () => {
  const file = new Blob(['a\0b']);
  expect(withoutNul({ a: 'x\0y', b: ['\0', 1, null, { c: 'ok\r\n' }], file })).toEqual({
    a: 'xy',
    b: ['', 1, null, { c: 'ok\r\n' }],
    file,
  });
});

test('a key called __proto__ stays a key', () => {
  const given = JSON.parse('{"__proto__":{"isAdmin":"yes\\u0000"}}');
  const cleaned = withoutNul(given) as Record<string, unknown>;
  expect(Object.hasOwn(cleaned, '__proto__')).toBe(true);
  expect(({} as { isAdmin?: string }).isAdmin).toBeUndefined();
});
