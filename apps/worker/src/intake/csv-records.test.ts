import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvError, type CsvRecord, readCsv } from './csv-records.ts';

async function* piecesOf(bytes: Buffer, size = bytes.length || 1): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  text: string | Buffer,
  {
    encoding = 'utf-8',
    delimiter = ',',
    size,
  }: { encoding?: string; delimiter?: string; size?: number } = {},
): Promise<CsvRecord[]> {
  return all(readCsv(piecesOf(Buffer.from(text), size), { encoding, delimiter }));
}

async function all(records: AsyncIterable<CsvRecord>): Promise<CsvRecord[]> {
  const found: CsvRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

const cellsOf = async (...given: Parameters<typeof read>) =>
  (await read(...given)).map((record) => record.cells);

describe('records of a CSV', () => {
  test('a BOM is no part of the first name', async () => {
    const text = '\ufeffメール,name\na@b.example,山田\n';
    for (const size of [1, 2, 3, 1_000])
      expect(await cellsOf(text, { size })).toEqual([
        ['メール', 'name'],
        ['a@b.example', '山田'],
      ]);
  });

  test('Shift_JIS is read as Windows does, also where a piece cuts a character', async () => {
    // "髙①,ﾃｽﾄ" in code page 932; the first character is an IBM extension.
    const bytes = Buffer.from([0xfb, 0xfc, 0x87, 0x40, 0x2c, 0xc3, 0xbd, 0xc4, 0x0d, 0x0a]);
    for (const size of [1, 3, 100])
      expect(await cellsOf(bytes, { encoding: 'shift_jis', size })).toEqual([['髙①', 'ﾃｽﾄ']]);
  });

  test('a record says the line on which it begins, behind quoted line breaks and blank lines too', async () => {
    for (const eol of ['\n', '\r\n', '\r']) {
      const text = ['e,n', 'a,"one', 'two', 'three"', 'b,x', '', 'c,"q""q"', 'd,y'].join(eol);
      const records = await read(text, { size: 4 });
      expect(records.map(({ line, cells }) => [line, cells[0]])).toEqual([
        [1, 'e'],
        [2, 'a'],
        [5, 'b'],
        [6, ''],
        [7, 'c'],
        [8, 'd'],
      ]);
      expect(records[1]?.cells[1]).toBe(['one', 'two', 'three'].join(eol));
      expect(records[4]?.cells[1]).toBe('q"q');
    }
  });

  test('lines that end in different ways are all ended', async () => {
    for (const size of [1, 2, 100])
      expect(await cellsOf('a,b\r\nc,d\ne,"f\r\ng"\r\nh,i\n', { size })).toEqual([
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f\r\ng'],
        ['h', 'i'],
      ]);
  });

  test('semicolon and tab', async () => {
    expect(await cellsOf('a;b,c\n', { delimiter: ';' })).toEqual([['a', 'b,c']]);
    expect(await cellsOf('a\tb;c\n', { delimiter: '\t' })).toEqual([['a', 'b;c']]);
  });

  test('a last line without its end, and rows with more or fewer cells, are records', async () => {
    expect(await cellsOf('a,b\nc\nd,e,f')).toEqual([['a', 'b'], ['c'], ['d', 'e', 'f']]);
    expect(await cellsOf('')).toEqual([]);
  });

  test('bytesRead never goes back and ends with the size of the file', async () => {
    const text = Array.from({ length: 5_000 }, (_, i) => `p${i}@b.example,山田\n`).join('');
    const seen = (await read(text, { size: 777 })).map((record) => record.bytesRead);
    expect(seen.every((bytes, i) => i === 0 || bytes >= (seen[i - 1] ?? 0))).toBe(true);
    expect(seen.at(-1)).toBe(Buffer.byteLength(text));
  });

  test('what any writer quotes is read back, however it is cut', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.replaceAll('\r', ''));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
        const quoted = rows.map((row) =>
          row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
        );
        expect(await cellsOf(quoted.join('\r\n'), { size })).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a file that cannot be read to its end', () => {
  const codeOf = (...given: Parameters<typeof read>) =>
    read(...given).then(
      () => 'read',
      (error: CsvError) => error.code,
    );

  test('an unclosed quote', async () => {
    expect(await codeOf('e,n\na,"one\nb,two\n')).toBe('csv-unclosed-quote');
  });

  test('a record beyond a million characters', async () => {
    expect(await codeOf(`e\n"${'x'.repeat(1_100_000)}"\n`)).toBe('csv-record-too-long');
  });

  test('bytes that its encoding does not know, at the end as well', async () => {
    const good = Buffer.from('e,n\na@b.example,山田\n'.repeat(5_000));
    const sjis = Buffer.from([0x8e, 0x52, 0x93, 0x63]);
    expect(await codeOf(Buffer.concat([good, sjis]), { size: 1_000 })).toBe('csv-wrong-encoding');
    expect(await codeOf(Buffer.from([0x61, 0xe5, 0xb1]))).toBe('csv-wrong-encoding');
    expect(await codeOf(Buffer.from('é,n\n'), { encoding: 'shift_jis' })).toBe('read');
    expect(await codeOf(Buffer.from([0x81, 0x20]), { encoding: 'shift_jis' })).toBe(
      'csv-wrong-encoding',
    );
  });

  test('a piece that cannot be had is no matter of the file: its error comes through', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('a,b\n');
      throw new Error('the database went away');
    }
    const reading = all(readCsv(broken(), { encoding: 'utf-8', delimiter: ',' }));
    await expect(reading).rejects.toThrow('the database went away');
  });
});

test('a reader that leaves early stops the pieces', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      given += 1;
      yield Buffer.from('a@b.example,x\n'.repeat(2_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  for await (const _ of readCsv(endless(), { encoding: 'utf-8', delimiter: ',' })) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = given;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(given).toBe(before);
});
