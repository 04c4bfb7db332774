import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOfAddress, quoteLocalPart } from './address.ts';
import { noCapabilities, parseCapabilities } from './capabilities.ts';
import { authLine, ehloCommand, mailCommand, rcptCommand } from './commands.ts';

const all = { ...noCapabilities, hasSize: true, hasEightBitMime: true, hasSmtpUtf8: true };
const nasty = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'a',
        '@',
        'x.test',
        '<',
        '>',
        '\r',
        '\n',
        '\0',
        ' ',
        '"',
        '\\',
        '..',
        '配',
        '\u2028',
        '\u0085',
        '\ud800',
        '[',
        ']',
        ':',
        '\t',
        '\u007f',
        '\u00a0',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.emailAddress(),
);
const bytesOf = (piece: string | Uint8Array) => Buffer.from(piece as string);
const isOneLine = (bytes: Buffer) =>
  bytes.subarray(-2).toString() === '\r\n' &&
  !/[\r\n\0]/.test(bytes.subarray(0, -2).toString('latin1'));

describe('a command', () => {
  test('holds one line whatever the address: what is not invalid cannot end it', () => {
    fc.assert(
      fc.property(nasty, fc.boolean(), (address, isLocalPartQuoted) => {
        const kind = kindOfAddress(address);
        if (kind === 'invalid') return;
        const rcpt = bytesOf(rcptCommand(address, { isLocalPartQuoted }));
        expect(isOneLine(rcpt)).toBe(true);
        // Nothing but one bracketed path, and quotes are the only place for brackets and spaces.
        const path = rcpt.toString().slice('RCPT TO:<'.length, -3);
        expect(path.replace(/^"(?:[^"\\]|\\.)*"/, '')).not.toMatch(/[<> "]/);
        if (kind === 'ascii') expect(path).toMatch(/^[ -~]+$/);
      }),
      { numRuns: 50_000 },
    );
  });

  test('every string makes a command of one line or none', () => {
    fc.assert(
      fc.property(
        nasty,
        fc.double(),
        fc.boolean(),
        fc.boolean(),
        (text, size, isEightBit, isSmtpUtf8) => {
          const tries = [
            () => ehloCommand('EHLO', text),
            () => authLine('AUTH PLAIN ', text),
            () => rcptCommand(text, {}),
            () =>
              mailCommand(
                {
                  mailFrom: text,
                  recipients: [],
                  sizeBytes: size,
                  isEightBit,
                  isSmtpUtf8,
                  content: () => Buffer.alloc(0),
                },
                all,
                {},
              ),
          ];
          for (const attempt of tries) {
            let piece: string | Uint8Array;
            try {
              piece = attempt();
            } catch (error) {
              expect(error).toBeInstanceOf(TypeError);
              continue;
            }
            expect(isOneLine(bytesOf(piece))).toBe(true);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('SIZE is said only as a whole number', () => {
    const mail = (sizeBytes: number) =>
      mailCommand(
        { mailFrom: '', recipients: [], sizeBytes, content: () => Buffer.alloc(0) },
        all,
        {},
      );
    expect(mail(12)).toBe('MAIL FROM:<> SIZE=12\r\n');
    for (const size of [Number.NaN, 1.5, -1, Number.POSITIVE_INFINITY])
      expect(mail(size)).toBe('MAIL FROM:<>\r\n');
  });
});

describe('an address', () => {
  test.each([
    ['a@x.test', 'ascii'],
    ['a..b@docomo.ne.jp', 'ascii'],
    ['a.@ezweb.ne.jp', 'ascii'],
    ["o'hara+tag=1/2@x.test", 'ascii'],
    ['"a b"@x.test', 'ascii'],
    ['"a>b"@x.test', 'ascii'],
    ['a@[192.0.2.1]', 'ascii'],
    ['a@[IPv6:2001:db8::1]', 'ascii'],
    ['配送@x.test', 'utf8'],
    ['a@配送.jp', 'utf8'],
    ['😀@x.test', 'utf8'],
    ['', 'invalid'],
    ['a', 'invalid'],
    ['@x.test', 'invalid'],
    ['a@', 'invalid'],
    ['a b@x.test', 'invalid'],
    ['a@x.test>', 'invalid'],
    ['<a@x.test', 'invalid'],
    ['a@x.test\r\n', 'invalid'],
    ['a@x.test\n', 'invalid'],
    ['"a\\"@x.test', 'invalid'],
    ['a@b@x.test', 'invalid'],
    [`${'a'.repeat(400)}@x.test`, 'invalid'],
  ])('%j is %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });

  test('a local part is quoted only where it must be', () => {
    expect(quoteLocalPart('a.b@x.test')).toBe('a.b@x.test');
    expect(quoteLocalPart('a..b@x.test')).toBe('"a..b"@x.test');
    expect(quoteLocalPart('"a..b"@x.test')).toBe('"a..b"@x.test');
  });
});

test('capabilities: odd values are ignored, nothing throws', () => {
  expect(parseCapabilities(['x', 'SIZE', 'LIMITS RCPTMAX= MAILMAX=x FOO=1', 'AUTH'])).toMatchObject(
    {
      hasSize: true,
      sizeMaxBytes: undefined,
      recipientsMax: undefined,
      transactionsMax: undefined,
      authMechanisms: [],
    },
  );
  expect(parseCapabilities(['x', 'SIZE 0']).sizeMaxBytes).toBeUndefined();
  expect(parseCapabilities(['STARTTLS', 'PIPELINING']).hasStartTls).toBe(false);
  fc.assert(fc.property(fc.array(fc.string()), (lines) => void parseCapabilities(lines)));
});
