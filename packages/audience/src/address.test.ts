import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseAddress, normaliseDomain } from './address.ts';

// Stands in for node:url's domainToASCII, which this pure room does not import.
const toAscii = (domain: string) => (domain === '日本語.jp' ? 'xn--wgv71a119e.jp' : '');

const email = (raw: string) => {
  const address = normaliseAddress(raw, { toAscii });
  return address.ok ? address.email : address.code;
};

describe('normaliseAddress', () => {
  test.each([
    ['hanako@example.jp', 'hanako@example.jp'],
    ['  hanako@example.jp\t', 'hanako@example.jp'],
    ['　hanako＠example．jp　', 'hanako@example.jp'],
    ['ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'hanako@example.jp'],
    ['hanako@example。jp', 'hanako@example.jp'],
    ['\ufeffhanako@example.jp\u200b', 'hanako@example.jp'],
    ['Hanako.Yamada+news@EXAMPLE.JP', 'Hanako.Yamada+news@example.jp'],
    ['taro@日本語.jp', 'taro@xn--wgv71a119e.jp'],
    ["o'brien@example.com", "o'brien@example.com"],
    ['"a..b"@example.com', '"a..b"@example.com'],
    ['x@a-b.c2.example', 'x@a-b.c2.example'],
  ])('%j is sent to %s', (raw, wire) => {
    expect(email(raw)).toBe(wire);
  });

  test('keeps the local part as written and makes the key lower case', () => {
    const address = normaliseAddress('Hanako@Example.JP');
    expect(address).toEqual({
      ok: true,
      email: 'Hanako@example.jp',
      emailKey: 'hanako@example.jp',
      localPart: 'Hanako',
      domain: 'example.jp',
    });
  });

  test.each([
    'a..b@docomo.ne.jp',
    '.a@docomo.ne.jp',
    'a.@ezweb.ne.jp',
    'a...b@softbank.ne.jp',
    'a.@t.vodafone.ne.jp',
  ])('accepts the carrier address %s as it is', (raw) => {
    expect(email(raw)).toBe(raw);
  });

  test.each(['a..b@example.com', 'a.@gmail.com', '.a@evildocomo.ne.jp', 'a.@evilezweb.ne.jp'])(
    'refuses the dots of %s elsewhere',
    (raw) => expect(email(raw)).toBe('bad-address'),
  );

  test.each([
    ['', 'no-address'],
    ['　 ', 'no-address'],
    ['hanako', 'bad-address'],
    ['@example.jp', 'bad-address'],
    ['hanako@', 'bad-address'],
    ['"a@evil x"@in.test', 'bad-address'],
    ['a@evil.test@in.test', 'bad-address'],
    ['a@evil.test,b@in.test', 'bad-address'],
    ['Hanako <hanako@example.jp>', 'bad-domain'],
    ['a b@example.jp', 'bad-address'],
    ['<a@example.jp', 'bad-address'],
    ['a\\@b@example.jp', 'bad-address'],
    [`${'a:'.repeat(400)}@example.jp`, 'too-long'],
    [`${'g:'.repeat(100_000)}@example.jp`, 'too-long'],
    ['花子@example.jp', 'non-ascii-local-part'],
    ['hanako@localhost', 'bad-domain'],
    ['hanako@[192.0.2.1]', 'bad-domain'],
    ['hanako@192.0.2.1', 'bad-domain'],
    ['hanako@-a.example', 'bad-domain'],
    ['hanako@a..example', 'bad-domain'],
    ['hanako@exa_mple.jp', 'bad-domain'],
    ['hanako@未登録.jp', 'bad-domain'],
    ['a@b.jp\r\nRCPT TO:<c@d.jp>', 'control-character'],
    ['a\u0000@b.jp', 'control-character'],
    ['a\u2028b@c.jp', 'control-character'],
    [`${'a'.repeat(65)}@example.jp`, 'too-long'],
    [
      `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(10)}`,
      'too-long',
    ],
  ])('refuses %j as %s', (raw, code) => {
    expect(email(raw)).toBe(code);
  });

  test('a domain with letters outside ASCII needs a converter', () => {
    expect(normaliseDomain('日本語.jp')).toBeNull();
    expect(normaliseDomain('日本語.jp', { toAscii })).toBe('xn--wgv71a119e.jp');
  });

  test('whatever comes in, what is accepted can stand in an SMTP command, and normalising it again changes nothing', () => {
    const mixed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.emailAddress(),
      fc
        .tuple(fc.string({ unit: 'binary' }), fc.constantFrom('docomo.ne.jp', 'b.jp', 'evil x.jp'))
        .map(([local, domain]) => `${local}@${domain}`),
      fc.stringMatching(/^[a-z.@"<> \r\n]{0,30}@[a-z.]{0,10}$/),
    );
    fc.assert(
      fc.property(mixed, (raw) => {
        const address = normaliseAddress(raw, { toAscii });
        if (!address.ok) return;
        expect(address.email).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
        expect(address.email).not.toMatch(/[<>,;:\\()[\]]/);
        expect(address.email.length).toBeLessThanOrEqual(254);
        expect(address.email.split('@')).toHaveLength(2);
        expect(normaliseAddress(address.email)).toEqual(address);
      }),
      { numRuns: 400 },
    );
  });
});
