import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, csvText } from './csv.ts';

/** A reader of RFC 4180 for one line, written apart from the writer. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/gy;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') break;
  }
  return cells;
}

describe('csvLine', () => {
  test.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'say "hi"', 'x\ny'], '"a,b","say ""hi""","x\ny"\r\n'],
    [['=1+1'], "'=1+1\r\n"],
    [['@SUM(A1)', '+cmd|x', '-2+3'], "'@SUM(A1),'+cmd|x,'-2+3\r\n"],
    [['\t=1', '\r=1'], '"\'\t=1","\'\r=1"\r\n'],
    [['＝1+1', ' =1'], "'＝1+1,' =1\r\n"],
    [['-5', '+81', '3.5', '550 5.1.1'], '-5,+81,3.5,550 5.1.1\r\n'],
  ])('%j is written as %j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  test('numbers, truth and nothing are written plainly', () => {
    expect(csvLine([1, 2n, true, null])).toBe('1,2,true,\r\n');
  });

  test('a reader gets every cell back, but for the guard', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = readLine(csvLine(cells));
        expect(read.map((cell, at) => (cell === cells[at] ? cell : cell.slice(1)))).toEqual(cells);
        for (const cell of read) {
          if (!/^[+-]?[\d.]+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a file may begin with a byte order mark', () => {
    expect(csvText([['氏名']], { bom: true })).toBe('\ufeff氏名\r\n');
  });
});
