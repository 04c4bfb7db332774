import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldKey, fieldKeys, isFieldKey } from './field-key.ts';

describe('fieldKey', () => {
  test.each([
    ['name', 'name'],
    ['会社名', '会社名'],
    ['First Name', 'first_name'],
    ['ポイント（残高）', 'ポイント_残高'],
    ['ﾎﾟｲﾝﾄ', 'ポイント'],
    ['Ａ列', 'a列'],
    ['2024年', 'field_2024年'],
    ['{{ x | raw }}', 'x_raw'],
    ['', 'column_3'],
    ['***', 'column_3'],
    ['__proto__', 'proto'],
    ['constructor', 'field_constructor'],
    ['toString', 'tostring'],
    ['empty', 'field_empty'],
    ['Contains', 'field_contains'],
    ['email', 'field_email'],
    ['unsubscribe_url', 'field_unsubscribe_url'],
    ['forloop', 'field_forloop'],
  ])('%j becomes %s', (name, key) => {
    expect(fieldKey(name, 3)).toBe(key);
  });

  test('any name gives a key that is stable, safe as a property and readable by Liquid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const key = fieldKey(name, 1);
        expect(key).toMatch(/^[\p{L}\p{M}][\p{L}\p{M}\p{N}_]*$/u);
        expect(key in {}).toBe(false);
        expect(isFieldKey(key)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('columns of the same name get distinct keys', () => {
    expect(fieldKeys(['電話', '電話', '電話_2', '', ''])).toEqual([
      '電話',
      '電話_2',
      '電話_2_2',
      'column_4',
      'column_5',
    ]);
  });

  test.each(['__proto__', 'constructor', '', 'a b', 'true', '1st', 'A'])(
    'a mapping from outside may not use %j',
    (key) => expect(isFieldKey(key)).toBe(false),
  );
});
