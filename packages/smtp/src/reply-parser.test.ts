import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReplyParser } from './reply-parser.ts';

/** All events of a stream cut into these chunks, up to the first that ends it. */
function eventsOf(chunks: readonly Uint8Array[]): string[] {
  const parser = new ReplyParser();
  const events: string[] = [];
  for (const chunk of chunks) {
    parser.push(chunk);
    for (;;) {
      const event = parser.read();
      if (event === 'more') break;
      if (event !== 'reply') return [...events, event];
      events.push(`${parser.code} ${Buffer.from(parser.takeReply().bytes).toString('latin1')}`);
    }
  }
  return [...events, parser.isMidReply ? 'mid-reply' : 'between'];
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
}

const line = fc.oneof(
  fc.constantFrom(
    '250 ok',
    '250-more',
    '250',
    '354 go',
    '550 5.1.1 no',
    '421-',
    '220 ',
    '25',
    '',
    '999 x',
    '250x',
  ),
  fc.string({ maxLength: 12 }),
);
const stream = fc.oneof(
  fc
    .array(fc.tuple(line, fc.constantFrom('\r\n', '\n', '\r', '\r\r\n', '')), { maxLength: 8 })
    .map((lines) => Buffer.from(lines.map(([text, end]) => text + end).join(''), 'latin1')),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
);

describe('a reply stream', () => {
  test('gives the same events however it is cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 200 }), { maxLength: 10 }), (bytes, places) => {
        const whole = eventsOf([bytes]);
        expect(eventsOf(cut(bytes, places))).toEqual(whole);
        expect(eventsOf([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
      { numRuns: 5_000 },
    );
  });

  test('reads bare codes, bare LF, and lines whose codes differ', () => {
    const text = '220\r\n250-one\n250 two\r\n250-a\r\n550 b\r\n354 \r\n';
    expect(eventsOf([Buffer.from(text)])).toEqual([
      '220 ',
      '250 one\ntwo',
      '550 a\nb',
      '354 ',
      'between',
    ]);
  });

  test('calls garbage what has no code, a wrong first digit, or no separator', () => {
    for (const text of [
      '\r\n',
      'hello\r\n',
      '25 x\r\n',
      '150 x\r\n',
      '650 x\r\n',
      '250ok\r\n',
      ' 250 x\r\n',
      '2500 x\r\n',
    ])
      expect(eventsOf([Buffer.from(text)])).toEqual(['garbage']);
  });

  test('cuts long lines and texts and keeps the code', () => {
    const parser = new ReplyParser();
    parser.push(Buffer.from(`${`250-${'x'.repeat(3_000)}\r\n`.repeat(20)}550 end\r\n`));
    expect(parser.read()).toBe('reply');
    const reply = parser.takeReply();
    expect(reply.code).toBe(550);
    expect(reply.isCut).toBe(true);
    expect(reply.bytes.length).toBeLessThanOrEqual(16_384);
  });

  test('gives up a reply without an end', () => {
    expect(eventsOf([Buffer.from('250-x\r\n'.repeat(600))])).toEqual(['flood']);
    expect(eventsOf([Buffer.from(`250 ${'x'.repeat(2_000_000)}`)])).toEqual(['flood']);
  });
});
