import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputScanner } from './input-scanner.ts';

/** Feeds the chunks; every line "DATA" begins content. Returns lines, and messages as `«content»`. */
function scan(chunks: Buffer[]): string[] {
  const seen: string[] = [];
  let content = '';
  const scanner = new InputScanner({
    onLine: (line, isCrlf) => {
      seen.push(`${line}${isCrlf ? '' : ' (no CRLF)'}`);
      if (line === 'DATA') scanner.beginContent();
    },
    onContent: (chunk, start, end) => {
      content += chunk.toString('latin1', start, end);
    },
    onDot: () => {
      seen.push(`«${content}»`);
      content = '';
    },
  });
  for (const chunk of chunks) scanner.feed(chunk);
  return seen;
}

const twoMessages =
  'EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: x\r\n\r\n..dots\r\n.x\r\n\r\n.\r\n' +
  'MAIL FROM:<a@b>\r\nRCPT TO:<e@f>\r\nDATA\r\nsecond\r\n.\r\nQUIT\r\n';
const twoMessagesSeen = [
  'EHLO a',
  'MAIL FROM:<a@b>',
  'RCPT TO:<c@d>',
  'DATA',
  '«Subject: x\r\n\r\n..dots\r\n.x\r\n\r\n»',
  'MAIL FROM:<a@b>',
  'RCPT TO:<e@f>',
  'DATA',
  '«second\r\n»',
  'QUIT',
];

describe('InputScanner', () => {
  test('content, dot and the next envelope in one chunk are told apart', () => {
    expect(scan([Buffer.from(twoMessages)])).toEqual(twoMessagesSeen);
  });

  test('the same events come out when the stream is cut in two at any byte', () => {
    const bytes = Buffer.from(twoMessages);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(scan([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(twoMessagesSeen);
    }
  });

  test('the same events come out byte by byte', () => {
    expect(scan(Array.from(twoMessages, (byte) => Buffer.from(byte)))).toEqual(twoMessagesSeen);
  });

  test('a dot right after DATA is an empty message', () => {
    expect(scan([Buffer.from('DATA\r\n.\r\nNOOP\r\n')])).toEqual(['DATA', '«»', 'NOOP']);
  });

  test.each(['\n.\n', '\r.\r', '\n.\r\n', '\r\n.\n', '\r\n.\r.\r'])(
    'a dot between line breaks that are not both CRLF stays content: %j',
    (smuggled) => {
      const stream = Buffer.from(`DATA\r\na${smuggled}b\r\n.\r\n`);
      expect(scan([stream])).toEqual(['DATA', `«a${smuggled}b\r\n»`]);
      expect(scan(Array.from(stream, (byte) => Buffer.from([byte])))).toEqual([
        'DATA',
        `«a${smuggled}b\r\n»`,
      ]);
    },
  );

  test('a bare LF ends a line and is told', () => {
    expect(scan([Buffer.from('NOOP\nNOOP\r\n')])).toEqual(['NOOP (no CRLF)', 'NOOP']);
  });

  test('a line that is too long is given up, and the next is read', () => {
    const long = Buffer.from(`${'x'.repeat(5000)}\r\nNOOP\r\n`);
    expect(scan([long])[1]).toBe('NOOP');
    expect(scan([long.subarray(0, 3000), long.subarray(3000)])).toEqual(['null (no CRLF)', 'NOOP']);
  });

  test('any content in any chunking is found again whole', () => {
    const piece = fc.constantFrom('\r', '\n', '.', '\r\n', '\r\n.', 'a', '\r\n.\r\r\n', 'word');
    const content = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(content, fc.array(fc.nat(60), { maxLength: 12 }), (text, cuts) => {
        const stream = `DATA\r\n${text}\r\n.\r\nNOOP\r\n`;
        // An independent reading: the first CRLF.CRLF at or after the end of the DATA line.
        const end = stream.indexOf('\r\n.\r\n', 4);
        const body = stream.slice(6, Math.max(6, end + 2));
        const chunks = cutAt(Buffer.from(stream, 'latin1'), cuts);
        expect(scan(chunks).slice(0, 2)).toEqual(['DATA', `«${body}»`]);
      }),
      { numRuns: 2000 },
    );
  });
});

function cutAt(bytes: Buffer, cuts: number[]): Buffer[] {
  const at = [...new Set([0, ...cuts.filter((c) => c < bytes.length), bytes.length])];
  at.sort((a, b) => a - b);
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}
