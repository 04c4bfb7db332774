import { describe, expect, it } from 'vitest';
import { columnIds, csvCell, csvLine } from './columns.ts';

describe('CSV export', () => {
  it('column ids are unique and stable at the front', () => {
    const ids = columnIds();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, 4)).toEqual(['address', 'name', 'destination', 'state']);
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\r\nlines', '山田', 5, null])).toBe(
      '"a,b","say ""x""","two\r\nlines",山田,5,\r\n',
    );
  });

  it('a text that a spreadsheet would run is defused', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
    expect(csvCell('+81')).toBe("'+81");
    expect(csvCell(-1)).toBe('-1');
  });
});
