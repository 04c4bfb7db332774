import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectDelimiter, detectEncoding } from './encoding.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

// 氏名,メール in both encodings.
const SHIFT_JIS = join(
  bytes(0x8e, 0x81, 0x96, 0xbc),
  ascii(','),
  bytes(0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b),
);
const UTF_8 = bytes(
  0xe6,
  0xb0,
  0x8f,
  0xe5,
  0x90,
  0x8d,
  0x2c,
  0xe3,
  0x83,
  0xa1,
  0xe3,
  0x83,
  0xbc,
  0xe3,
  0x83,
  0xab,
);

describe('detectEncoding', () => {
  test.each([
    ['UTF-8', UTF_8, 'utf-8'],
    ['ASCII', ascii('email,name\r\na@b.jp,x'), 'utf-8'],
    ['UTF-8 with a mark', join(bytes(0xef, 0xbb, 0xbf), UTF_8), 'utf-8-bom'],
    ['Shift_JIS', SHIFT_JIS, 'shift_jis'],
    ['half-width katakana', bytes(0xb6, 0xc5, 0x2c, 0xb6, 0xc5), 'shift_jis'],
    ['an empty file', bytes(), 'utf-8'],
  ])('%s is read as %s', (_name, prefix, encoding) => {
    expect(detectEncoding(prefix, true)).toEqual({ kind: 'text', encoding });
  });

  test('a prefix that ends within a character keeps its encoding, wherever it is cut', () => {
    for (let end = 1; end <= UTF_8.length; end++) {
      expect(detectEncoding(UTF_8.subarray(0, end))).toMatchObject({ encoding: 'utf-8' });
    }
    for (let end = 2; end <= SHIFT_JIS.length; end++) {
      expect(detectEncoding(SHIFT_JIS.subarray(0, end))).toMatchObject({ encoding: 'shift_jis' });
    }
  });

  test('a whole file that ends within a UTF-8 character is no UTF-8', () => {
    expect(detectEncoding(UTF_8.subarray(0, UTF_8.length - 1), true)).not.toMatchObject({
      encoding: 'utf-8',
    });
  });

  test.each([
    ['pdf', ascii('%PDF-1.7\n%\xe2\xe3\xcf\xd3')],
    ['xlsx', join(bytes(0x50, 0x4b, 3, 4), new Uint8Array(26), ascii('[Content_Types].xml'))],
    ['zip', join(bytes(0x50, 0x4b, 3, 4), new Uint8Array(26), ascii('list.csv'))],
    ['xls', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['png', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
    ['jpeg', bytes(0xff, 0xd8, 0xff, 0xe0)],
    ['utf-16', bytes(0xff, 0xfe, 0x2c, 0x00)],
    ['unknown', ascii('email\u0000name')],
    ['unknown', bytes(0xff, 0xff, 0xff)],
    // Overlong and surrogate forms, which only a broken or hostile writer makes.
    ['unknown', bytes(0xe0, 0x80, 0x80)],
    ['unknown', bytes(0xed, 0xa0, 0x80)],
    ['unknown', bytes(0xf4, 0x90, 0x80, 0x80)],
  ])('%s is told apart from text', (looksLike, prefix) => {
    expect(detectEncoding(prefix)).toEqual({ kind: 'binary', looksLike });
  });

  test('text in UTF-8 is never read as Shift_JIS', () => {
    const encode = (text: string) =>
      Uint8Array.from(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, cut) => {
        const whole = encode(text);
        const prefix = whole.subarray(0, 1 + (cut % whole.length));
        const detected = detectEncoding(prefix);
        if (detected.kind === 'text') expect(detected.encoding).toMatch(/^utf-8/);
      }),
    );
  });
});

describe('detectDelimiter', () => {
  test.each([
    ['email,name\na@b.jp,x\n', ','],
    ['email\tname\r\na@b.jp\tx, y\r\n', '\t'],
    ['email;name\na@b.jp;"x,y,z"\n', ';'],
    ['"a;b;c",name\n"d;e;f",x\n', ','],
    ['email\na@b.jp\n', ','],
    ['email;name', ';'],
    ['', ','],
  ])('%j is cut by %j', (text, delimiter) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });

  test('line ends within quotes are no lines', () => {
    expect(detectDelimiter('email,note\na@b.jp,"one;\ntwo;\nthree;"\nc@d.jp,x\n')).toBe(',');
  });
});
