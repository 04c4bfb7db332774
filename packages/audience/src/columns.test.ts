import { describe, expect, test } from 'vitest';
import { guessColumns, headerProblem, isMapping } from './columns.ts';

describe('guessColumns', () => {
  test.each([
    [['メールアドレス', '氏名'], 0],
    [['氏名', 'E-mail'], 1],
    [['ID', 'Ｅメールアドレス【必須】', '会社名'], 1],
    [['No.', 'お名前', 'Email Address'], 2],
    [['会社名', '電子メール'], 1],
    [['名前', 'mail'], 1],
    [['Name', 'Company'], null],
  ])('finds the address column of %j at %j by its name', (header, index) => {
    expect(guessColumns(header).emailIndex).toBe(index);
  });

  test('finds an address column without a telling name by what it holds', () => {
    const rows = [
      ['山田', 'a@example.jp'],
      ['佐藤', 'b@example.jp'],
      ['鈴木', ''],
    ];
    expect(guessColumns(['列1', '列2'], rows).emailIndex).toBe(1);
  });

  test('does not take a postal address for a mail address', () => {
    const rows = [['東京都千代田区', 'a@example.jp']];
    expect(guessColumns(['アドレス', '連絡先'], rows).emailIndex).toBe(1);
  });

  test('gives the column of people the key that templates use, and keeps the label', () => {
    const guess = guessColumns(['メールアドレス', ' 氏名 ', '会社名', '会社名']);
    expect(guess).toEqual({
      emailIndex: 0,
      width: 4,
      columns: [
        { index: 1, key: 'name', label: '氏名' },
        { index: 2, key: '会社名', label: '会社名' },
        { index: 3, key: '会社名_2', label: '会社名' },
      ],
    });
  });

  test('a column called __proto__ becomes an ordinary key', () => {
    const guess = guessColumns(['email', '__proto__']);
    expect(guess.columns.map(({ key }) => key)).toEqual(['proto']);
  });
});

describe('headerProblem', () => {
  const problem = (header: string[], rows: string[][] = []) =>
    headerProblem(header, guessColumns(header, rows));

  test('a header without an address column is named', () => {
    expect(problem(['氏名', '会社名'], [['山田', '飛脚']])).toBe('no-address-column');
  });
  test('a header with an address column is fine', () => {
    expect(problem(['氏名', 'メール'])).toBeNull();
  });
  test('an empty header is an empty file', () => {
    expect(problem([' ', ''])).toBe('empty-file');
  });
  test('a thousand columns are refused', () => {
    expect(problem(['email', ...Array.from({ length: 1_000 }, (_, at) => `c${at}`)])).toBe(
      'too-many-columns',
    );
  });
});

describe('isMapping', () => {
  const column = (index: number, key: string) => ({ index, key, label: key });

  test.each([
    ['an index outside the file', { emailIndex: 0, width: 2, columns: [column(2, 'a')] }],
    ['a column used twice', { emailIndex: 0, width: 2, columns: [column(0, 'a')] }],
    ['a key used twice', { emailIndex: 0, width: 3, columns: [column(1, 'a'), column(2, 'a')] }],
    ['a key of every object', { emailIndex: 0, width: 2, columns: [column(1, '__proto__')] }],
    ['a broken index', { emailIndex: 0.5, width: 2, columns: [] }],
  ])('refuses %s', (_what, mapping) => {
    expect(isMapping(mapping)).toBe(false);
  });

  test('accepts what a guess gives', () => {
    const guess = guessColumns(['email', '氏名', '']);
    expect(isMapping({ ...guess, emailIndex: 0 })).toBe(true);
  });
});
