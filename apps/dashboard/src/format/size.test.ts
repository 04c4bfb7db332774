import { expect, test } from 'vitest';
import { formatBytes } from './size.ts';

test('bytes are written in the largest unit that keeps a whole number', () => {
  expect(formatBytes(0, 'ja')).toBe('0 B');
  expect(formatBytes(1023, 'ja')).toBe('1,023 B');
  expect(formatBytes(102_400, 'en')).toBe('100 KB');
  expect(formatBytes(1_073_741_824, 'en')).toBe('1 GB');
});

test('small numbers keep one decimal', () => {
  expect(formatBytes(4_403, 'en')).toBe('4.3 KB');
});
