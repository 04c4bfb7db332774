import { expect, test } from 'vitest';
import { previewFile } from './preview.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test('a UTF-8 file with BOM, CRLF and a quoted line break shows its header and rows', () => {
  const result = previewFile(
    utf8('\ufeffメールアドレス,氏名\r\na@b.example,"山田\n太郎"\r\n'),
    true,
  );
  expect(result).toMatchObject({
    ok: true,
    preview: {
      encoding: 'utf-8',
      delimiter: ',',
      header: ['メールアドレス', '氏名'],
      rows: [['a@b.example', '山田\n太郎']],
      guess: { emailIndex: 0 },
    },
  });
});

test('a Shift_JIS file is decoded as such', () => {
  // メール,名 / a@b.example,山
  const bytes = Uint8Array.from([
    0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b, 0x2c, 0x96, 0xbc, 0x0a, 0x61, 0x40, 0x62, 0x2e, 0x65, 0x78,
    0x61, 0x6d, 0x70, 0x6c, 0x65, 0x2c, 0x8e, 0x52, 0x0a,
  ]);
  expect(previewFile(bytes, true)).toMatchObject({
    ok: true,
    preview: { encoding: 'shift_jis', header: ['メール', '名'], rows: [['a@b.example', '山']] },
  });
});

test('a preview that ends inside a quoted cell keeps the rows before it', () => {
  const result = previewFile(utf8('email,memo\na@b.example,x\nc@d.example,"cut her'), false);
  expect(result).toMatchObject({ ok: true, preview: { rows: [['a@b.example', 'x']] } });
});

test('a chosen delimiter and encoding win over the guess', () => {
  const result = previewFile(utf8('email;name\na@b.example;x,y,z\n'), true, { delimiter: ';' });
  expect(result).toMatchObject({ ok: true, preview: { rows: [['a@b.example', 'x,y,z']] } });
});

test.each([
  ['FILE_EMPTY', utf8('')],
  ['FILE_EMPTY', utf8('\ufeff \r\n\r\n')],
  ['FILE_IS_PDF', utf8('%PDF-1.7\n')],
  ['FILE_IS_ZIP', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])],
  ['FILE_IS_UTF16', Uint8Array.from([0xff, 0xfe, 0x61, 0])],
  ['FILE_NOT_CSV', Uint8Array.from([0x61, 0, 1, 2, 3])],
  ['HEADER_WITHOUT_ADDRESS', utf8('name,city\n山田,東京\n')],
  ['HEADER_MISSING', utf8('a@b.example,山田\nc@d.example,鈴木\n')],
  ['HEADER_TOO_WIDE', utf8(`email${',c'.repeat(120)}\n`)],
])('%s is said of a file that cannot be imported', (code, bytes) => {
  expect(previewFile(bytes, true)).toEqual({ ok: false, code });
});
