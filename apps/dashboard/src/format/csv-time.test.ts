import { expect, test } from 'vitest';
import { csvTime } from './csv-time.ts';

test('a time in a file is local, sortable and without words', () => {
  expect(csvTime('Asia/Tokyo')(new Date('2026-11-24T04:05:06Z'))).toBe('2026-11-24 13:05:06');
});
