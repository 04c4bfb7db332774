import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeReplyText, findEnhancedCode, Reply, replyOf } from './reply.ts';

test.each<[number, string, string | undefined]>([
  [550, '5.1.1 unknown', '5.1.1'],
  [550, '#5.1.1 unknown', '5.1.1'],
  [550, '5.7.515 Access denied', '5.7.515'],
  [550, 'one\n5.1.10 two', '5.1.10'],
  [550, '5.1. truncated', undefined],
  [550, '5.1', undefined],
  [550, '5.1.1234 no', undefined],
  [550, '5.1.1.1 no', undefined],
  [550, '4.1.1 its class is not that of the reply', undefined],
  [250, '2.0.0 ok', '2.0.0'],
  [354, '3.0.0 go', undefined],
  [354, '2.0.0 go', undefined],
  [550, 'see 5.1.1', undefined],
])('the enhanced code of %s %j is %s', (code, text, enhanced) => {
  expect(findEnhancedCode(code, text)).toBe(enhanced);
  expect(replyOf(code, text).enhanced).toBe(enhanced);
});

test('no bytes make a reply throw, and its text is free of control characters', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.integer({ min: 200, max: 599 }),
      (bytes, code) => {
        const reply = new Reply(code, bytes);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(reply.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
        expect(reply.lines.join('\n')).toBe(reply.text);
        expect(reply.toString()).not.toContain('\n');
      },
    ),
    { numRuns: 3_000 },
  );
});

test('UTF-8 wins over Shift_JIS, and Shift_JIS over Latin-1', () => {
  expect(decodeReplyText(new TextEncoder().encode('配送できません'))).toBe('配送できません');
  expect(decodeReplyText(Uint8Array.of(0x94, 0x7a, 0x91, 0x97))).toBe('配送');
  expect(decodeReplyText(Uint8Array.of(0x63, 0x61, 0x66, 0xe9))).toBe('café');
});
