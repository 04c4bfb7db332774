import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dressContent } from './content.ts';

const END = '.\r\n';

/** A receiver of its own: reads lines until the end mark, as RFC 5321 says, and returns the lines and what is left. */
function receive(wire: string): { lines: string[]; rest: string } {
  const lines: string[] = [];
  let rest = wire;
  for (;;) {
    const end = rest.indexOf('\r\n');
    if (end < 0) throw new Error('the message has no end');
    const line = rest.slice(0, end);
    rest = rest.slice(end + 2);
    if (line === '.') return { lines, rest };
    lines.push(line.startsWith('.') ? line.slice(1) : line);
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const dress = (content: string) => text(dressContent(Buffer.from(content, 'latin1')));

const piece = fc.constantFrom(
  '.',
  '..',
  '\r',
  '\n',
  '\r\n',
  'a',
  '\n.\n',
  '\r.\r',
  '\r\n.\r\n',
  '\n.\r\n',
  'b.',
  '\0',
  'a longer stretch of text, \xe3\x81\x82',
);
const content = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

describe('content', () => {
  test('any message round-trips through stuffing, and ends nowhere but at its end', () => {
    fc.assert(
      fc.property(content, (message) => {
        const { lines, rest } = receive(dress(message) + END);
        expect(rest).toBe('');
        const expected = message.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected);
      }),
      { numRuns: 20_000 },
    );
  });

  test('it is the same wherever it lies in memory, to its last byte', () => {
    fc.assert(
      fc.property(content, fc.nat(7), (message, offset) => {
        const bytes = Buffer.from(message, 'latin1');
        const memory = new Uint8Array(offset + bytes.length).fill(10);
        memory.set(bytes, offset);
        expect(text(dressContent(memory.subarray(offset)))).toBe(dress(message));
      }),
      { numRuns: 20_000 },
    );
  });

  test('neither a bare CR nor a bare LF leaves', () => {
    fc.assert(
      fc.property(content, (message) => {
        expect(dress(message).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 20_000 },
    );
  });

  test('what needs no change is passed through as it is', () => {
    const plain = Buffer.from('Subject: x\r\n\r\nhello. a.b\r\n');
    expect(dressContent(plain)).toBe(plain);
    expect(dressContent(new Uint8Array(0))).toHaveLength(0);
  });

  test.each(['\n.\n', '\r.\r', '\n.\r\n', '\r\n.\n', '\r.\r\n', '\r\n.\r', '\r\n.\r\n'])(
    'smuggling by %j stays inside one message',
    (trick) => {
      const { lines, rest } = receive(`${dress(`a${trick}MAIL FROM:<evil@x.test>\r\n`)}${END}`);
      expect(rest).toBe('');
      expect(lines).toEqual(['a', '.', 'MAIL FROM:<evil@x.test>']);
    },
  );

  test('every dot at a line start is stuffed, and no other', () => {
    expect(dress('.a\r\n..b\r\nc.\r\n.\r\n')).toBe('..a\r\n...b\r\nc.\r\n..\r\n');
  });
});
