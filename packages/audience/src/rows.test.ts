import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_MAX, isBlankRow, readRow } from './rows.ts';

const mapping = {
  emailIndex: 1,
  width: 3,
  columns: [
    { index: 0, key: 'name', label: '氏名' },
    { index: 2, key: '会社名', label: '会社名' },
  ],
};
const read = (...cells: string[]) => readRow(mapping, cells, 7);

describe('readRow', () => {
  test('reads a person with their fields', () => {
    expect(read('山田 花子', 'Hanako@Example.jp', ' 飛脚\r\n運輸 ')).toEqual({
      kind: 'recipient',
      email: 'Hanako@example.jp',
      emailKey: 'hanako@example.jp',
      domain: 'example.jp',
      fields: { name: '山田 花子', 会社名: '飛脚\n運輸' },
    });
  });

  test('missing cells are empty fields', () => {
    expect(read('山田', 'a@example.jp')).toMatchObject({ fields: { name: '山田', 会社名: '' } });
  });

  test.each([
    [['山田'], 'no-address', ''],
    [['山田', '　'], 'no-address', '　'],
    [['山田', 'nobody'], 'bad-address', 'nobody'],
    [['山田', 'a@b.jp\r\nX: y'], 'control-character', 'a@b.jp␍␊X: y'],
    [['山田', 'a@example.jp', 'x', 'shifted'], 'too-many-columns', 'shifted'],
    [['あ'.repeat(FIELD_MAX + 1), 'a@example.jp'], 'field-too-long', 'あ'.repeat(200)],
  ])('%j is refused as %s, with its line and value', (cells, code, value) => {
    expect(read(...cells)).toEqual({ kind: 'refused', line: 7, code, value });
  });

  test('blank cells behind the last column are no shift', () => {
    expect(read('山田', 'a@example.jp', 'x', '', ' ')).toMatchObject({ kind: 'recipient' });
  });

  test('no cell can bring a NUL, a lone surrogate or another line end into a stored field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, company) => {
        const row = read(name, 'a@example.jp', company);
        if (row.kind !== 'recipient') return;
        for (const value of Object.values(row.fields)) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
          expect(value).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
          expect(value.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('rows that a spreadsheet leaves at the end are blank', () => {
    expect(isBlankRow(['', ' ', '　'])).toBe(true);
    expect(isBlankRow(['', 'x'])).toBe(false);
  });
});
