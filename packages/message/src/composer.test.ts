import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import type { CampaignMessage } from './campaign-message.ts';
import { type ComposeInput, createComposer } from './composer.ts';
import { estimateSizeBytes, renderPreview } from './preview.ts';
import { parseTemplate, type Template } from './template.ts';
import type { TemplateSource } from './template-errors.ts';

const TOKEN = 'abcDEF_-123';
const LINK = `https://news.example.com/u/${TOKEN}`;

function parsed(source: Partial<TemplateSource>): Template {
  const result = parseTemplate({ subject: 'Subject', html: '', text: '', ...source });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.template;
}

function compose(
  source: Partial<TemplateSource>,
  fields: Record<string, unknown> = {},
  campaign: Partial<CampaignMessage> = {},
  input: Partial<ComposeInput> = {},
): string {
  const composer = createComposer({
    template: parsed(source),
    from: { name: '飛脚通信', address: 'news@example.com' },
    messageIdDomain: 'example.com',
    seed: '7c2f0e6a',
    unsubscribeBaseUrl: 'https://news.example.com',
    ...campaign,
  });
  const { content, sizeBytes } = composer.compose({
    email: 'hanako@example.jp',
    fields,
    deliveryId: 42n,
    unsubscribeToken: TOKEN,
    atMs: Date.UTC(2026, 10, 24, 0, 0, 5),
    ...input,
  });
  expect(sizeBytes).toBe(content.length);
  return Buffer.from(content).toString('latin1');
}

const parse = (message: string) =>
  simpleParser(Buffer.from(message, 'latin1'), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });

/** What every message must be on the wire. */
function expectWireForm(message: string): void {
  expect(/^[\t\r\n\x20-\x7e]*$/.test(message)).toBe(true);
  expect(/[^\r]\n|\r[^\n]/.test(message)).toBe(false);
  expect(message.endsWith('\r\n')).toBe(true);
  const lines = message.split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
  expect(lines.some((line) => line.startsWith('.'))).toBe(false);
  const body = lines.slice(lines.indexOf(''));
  expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(78);
}

/** Header names in order, from the bytes themselves. */
function headerNames(message: string): string[] {
  const [head = ''] = message.split('\r\n\r\n');
  return head.split(/\r\n(?![ \t])/).map((field) => field.split(':')[0] ?? '');
}

const HEADERS = [
  ...['From', 'To', 'Subject', 'Date', 'Message-ID', 'List-Unsubscribe', 'X-Hikyaku-Delivery'],
  ...['List-Unsubscribe-Post', 'Precedence', 'MIME-Version', 'Content-Type'],
];

const GOLDENS: Record<string, () => string> = {
  'japanese-newsletter': () =>
    compose(
      {
        subject:
          '【飛脚通信】{{ name | default: "お客様" }}へ、今月のおすすめと大切なお知らせをお届けします',
        html:
          '<html><body><p>{{ name | default: "お客様" }} 様</p>\n<p>今月のおすすめです。</p>\n' +
          '<p><a href="{{ unsubscribe_url }}">配信停止</a></p></body></html>\n',
        text: '{{ name | default: "お客様" }} 様\n\n今月のおすすめです。\n\n配信停止: {{ unsubscribe_url }}\n',
      },
      { name: '山田 <花子> 🚚' },
      {
        replyTo: { name: 'お客様窓口, 飛脚', address: 'help@example.com' },
        feedbackId: 'c1:t1:news:hikyaku',
      },
    ),
  'plain-ascii-text-only': () =>
    compose({
      subject: 'Your order',
      text: 'Thank you.\n\nStop: nothing to stop here\n',
    }),
  'long-lines-and-dots': () =>
    compose(
      {
        subject:
          'An English subject that is long enough to be folded at a space before the seventy-seventh column',
        html: `<p>${'very long '.repeat(120)}{{ name }}</p>\n.\n..dots {{ name }}\n{{ name }}`,
        text: 'a line that ends in spaces   \n.hidden\nFrom the start\n{{ name }}\n.\n',
      },
      { name: '.dot\n..dots\nFrom me ' },
    ),
  'liquid-branches': () =>
    compose(
      {
        subject: '{% if vip %}VIP {% endif %}{{ name | upcase }}',
        html: '{% for x in (1..3) %}<p>{{ x }}: {{ name }}</p>\n{% endfor %}',
        text: '',
      },
      { name: 'hanako & co', vip: 'yes' },
    ),
};

describe('composed messages', () => {
  test.each(Object.keys(GOLDENS))('%s is written as its golden file says', (name) => {
    const file = new URL(`../tests/goldens/${name}.eml`, import.meta.url);
    const message = GOLDENS[name]?.() ?? '';
    if (process.env.UPDATE_GOLDENS) writeFileSync(file, message, 'latin1');
    expect(message).toBe(readFileSync(file, 'latin1'));
    expectWireForm(message);
  });

  test('an independent parser reads the golden newsletter', async () => {
    const mail = await parse(GOLDENS['japanese-newsletter']?.() ?? '');
    expect(mail.subject).toBe(
      '【飛脚通信】山田 <花子> 🚚へ、今月のおすすめと大切なお知らせをお届けします',
    );
    expect(mail.from?.value).toEqual([{ name: '飛脚通信', address: 'news@example.com' }]);
    expect(mail.replyTo?.value).toEqual([
      { name: 'お客様窓口, 飛脚', address: 'help@example.com' },
    ]);
    expect(mail.text).toBe(`山田 <花子> 🚚 様\n\n今月のおすすめです。\n\n配信停止: ${LINK}\n`);
    expect(mail.html).toBe(
      '<html><body><p>山田 &lt;花子&gt; 🚚 様</p>\n<p>今月のおすすめです。</p>\n' +
        `<p><a href="${LINK}">配信停止</a></p></body></html>\n`,
    );
    expect(mail.date?.toISOString()).toBe('2026-11-24T00:00:05.000Z');
    expect(mail.messageId).toBe('<42.7c2f0e6a@example.com>');
    expect(mail.headers.get('x-hikyaku-delivery')).toBe('42');
  });

  test('the way out is in the header and in both parts', async () => {
    const mail = await parse(compose({ html: '<p>x</p>' }));
    const list = mail.headers.get('list') as {
      unsubscribe: { url: string };
      'unsubscribe-post': { name: string };
    };
    expect(list.unsubscribe.url).toBe(LINK);
    expect(list['unsubscribe-post'].name).toBe('List-Unsubscribe=One-Click');
    expect(mail.text).toContain(LINK);
    expect(mail.html).toContain(`href="${LINK}"`);
  });

  test.each([
    'Hanako',
    'O"Brien \\ Sons',
    'Yamada, Hanako (飛脚)',
    'a <b@c.jp>',
    '=?UTF-8?Q?x?=',
    'お客様'.repeat(40),
    'A rather long name of a company, limited, that needs more than a line of its own',
    '@news',
  ])('the name %j comes back as it was given', async (name) => {
    const message = compose({ text: 'x' }, {}, { from: { name, address: 'news@example.com' } });
    expectWireForm(message);
    const mail = await parse(message);
    expect(mail.from?.value).toEqual([{ name, address: 'news@example.com' }]);
  });

  test('a delivery keeps its Message-ID over its attempts', () => {
    const source = { text: 'x' };
    const first = compose(source, {}, {}, { atMs: 0 });
    const second = compose(source, {}, {}, { atMs: 86_400_000 });
    const id = (message: string) => /^Message-ID: (.*)\r$/m.exec(message)?.[1];
    expect(id(first)).toBe(id(second));
  });

  test('one composer serves one recipient after the other without a trace of the former', async () => {
    const composer = createComposer({
      template: parsed({ subject: '{{ a }}', html: '山{{ a }}田'.repeat(30), text: 'x{{ a }}' }),
      from: { name: '', address: 'news@example.com' },
      messageIdDomain: 'example.com',
      seed: 's',
      unsubscribeBaseUrl: 'https://news.example.com',
    });
    const values = Array.from({ length: 200 }, (_, at) => 'あ'.repeat(at % 7) + at);
    const messages = values.map((a, at) =>
      composer.compose({
        email: 'a@b.jp',
        fields: { a },
        deliveryId: `${at}`,
        unsubscribeToken: TOKEN,
        atMs: 0,
      }),
    );
    for (const [at, message] of messages.entries()) {
      const text = Buffer.from(message.content).toString('latin1');
      expectWireForm(text);
      const mail = await parse(text);
      expect(mail.subject).toBe(values[at]);
      expect(mail.html).toContain(`山${values[at]}田`.repeat(30));
      expect(mail.messageId).toBe(`<${at}.s@example.com>`);
    }
  });
});

describe('hostile values', () => {
  const injections = [
    'x\r\nBcc: evil@in.test',
    'x\nBcc: evil@in.test',
    'x\rBcc: evil@in.test',
    'x\u0000y',
    'x\u2028Bcc: evil@in.test\u2029',
    'x\u0085y',
    'x\r\n\r\n<script>',
    '=?UTF-8?B?DQpCY2M6IGV2aWxAaW4udGVzdA==?=',
    'x\ud800y',
    `${'長'.repeat(500)}`,
    '"; boundary="x',
    '--=_hikyaku_7c2f0e6a--',
  ];

  test.each(injections)(
    '%j in every field that reaches a header adds no header and no part',
    async (evil) => {
      const message = compose(
        { subject: 'Hello {{ name }}', html: '<p>{{ name }}</p>', text: '{{ name }}' },
        { name: evil },
        { from: { name: evil, address: 'news@example.com' } },
      );
      expectWireForm(message);
      expect(headerNames(message)).toEqual(HEADERS);
      const mail = await parse(message);
      expect(mail.attachments).toHaveLength(0);
      expect(mail.bcc).toBeUndefined();
      expect(mail.from?.value).toHaveLength(1);
      expect(mail.from?.value[0]?.address).toBe('news@example.com');
    },
  );

  test.each([
    ['email', 'a@b.jp\r\nBcc: x@y.jp', 'bad-recipient'],
    ['email', '"a@evil x"@in.test', 'bad-recipient'],
    ['email', 'a@b.jp, c@d.jp', 'bad-recipient'],
    ['email', 'a\u2028@b.jp', 'bad-recipient'],
    ['email', '花子@b.jp', 'bad-recipient'],
    ['unsubscribeToken', 'x>\r\nBcc: y', 'bad-token'],
    ['deliveryId', '1\r\nBcc: y', 'bad-delivery-id'],
  ] as const)('%s = %j is refused', (field, value, code) => {
    expect(() => compose({ text: 'x' }, {}, {}, { [field]: value })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test.each([
    [{ from: { name: '', address: 'a b@c.jp' } }, 'bad-from'],
    [{ replyTo: { name: '', address: 'a@b.jp>\r\n' } }, 'bad-reply-to'],
    [{ messageIdDomain: 'a.jp>\r\nBcc: x' }, 'bad-domain'],
    [{ seed: 'a b' }, 'bad-seed'],
    [{ unsubscribeBaseUrl: 'javascript:alert(1)' }, 'bad-base-url'],
    [{ unsubscribeBaseUrl: 'https://a.jp/>\r\nBcc: x' }, 'bad-base-url'],
    [{ feedbackId: 'a\r\nb' }, 'bad-feedback-id'],
  ])('a campaign with %j is refused', (campaign, code) => {
    expect(() => compose({ text: 'x' }, {}, campaign)).toThrow(expect.objectContaining({ code }));
  });

  test.each(['a..b@docomo.ne.jp', 'a.@ezweb.ne.jp', '"a..b"@example.com'])(
    'the carrier address %s is written as it is',
    (email) => {
      expect(compose({ text: 'x' }, {}, {}, { email })).toContain(`\r\nTo: <${email}>\r\n`);
    },
  );
});

describe('whatever the fields and the template are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          '.',
          '..',
          '\n',
          '\r\n',
          '\r',
          ' ',
          '\t',
          '=',
          'From ',
          '山',
          '😀',
          'x'.repeat(80),
          '--',
          '\u0000',
        ),
      )
      .map((parts) => parts.join('')),
  );
  // Constant text without Liquid in it; fields between.
  const constant = text.map((part) => part.replace(/[{}]/g, ''));
  const body = fc
    .array(
      fc.tuple(
        constant,
        fc.constantFrom(
          '',
          '{{ a }}',
          '{{ b | default: "他" }}',
          '{{ unsubscribe_url }}',
          '{% if b %}{{ b }}{% endif %}',
        ),
      ),
    )
    .map((parts) => `x${parts.flat().join('')}`);
  const lines = (part: string | false | undefined) => (part || '').replace(/\r\n/g, '\n');

  test('a parser gets back the very text, HTML and subject, and no other header', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          subject: constant,
          html: fc.oneof(fc.constant(''), body),
          text: fc.oneof(fc.constant(''), body),
        }),
        fc.record({ a: text, b: fc.option(text) }),
        constant,
        async (source, fields, name) => {
          if (source.html === '' && source.text === '') return;
          const subject = `s ${source.subject} {{ a }}`;
          const from = { name, address: 'news@example.com' };
          const template = { ...source, subject };
          const message = compose(template, fields, { from });
          expectWireForm(message);
          const own = { email: 'hanako@example.jp', unsubscribeUrl: LINK };
          const expected = renderPreview(parsed(template), fields, own);
          expect(headerNames(message)).toEqual(
            expected.html === null ? [...HEADERS, 'Content-Transfer-Encoding'] : HEADERS,
          );
          const mail = await parse(message);
          // A body that stands alone ends with a line end, whatever was written.
          const alone =
            expected.html === null ? expected.text.replace(/\n?$/, '\n') : expected.text;
          expect(lines(mail.text).replace(/\n?$/, expected.html === null ? '\n' : '$&')).toBe(
            alone,
          );
          expect(lines(mail.html)).toBe(lines(expected.html ?? ''));
          expect(mail.subject).toBe(expected.subject);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('what one message may cost', () => {
  const code = (source: Partial<TemplateSource>, fields: Record<string, unknown>) => {
    try {
      return compose(source, fields).length;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  test('fields of fifty megabytes are refused before anything is rendered', () => {
    const startedMs = performance.now();
    expect(code({ text: '{{ blob }}' }, { blob: 'x'.repeat(50_000_000) })).toBe('fields-too-large');
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    // A field that the template does not name costs nothing.
    expect(code({ text: 'hello' }, { blob: 'x'.repeat(50_000_000) })).toBeGreaterThan(0);
  });

  test('a message that grows beyond ten million octets is refused', () => {
    const text = '{{ memo }}\n'.repeat(1_900);
    expect(code({ text }, { memo: '長'.repeat(2_000) })).toBe('message-too-large');
    expect(code({ text }, { memo: '短い' })).toBeGreaterThan(0);
  });
});

describe('estimateSizeBytes', () => {
  test('is the size of the message, but for the length of names and addresses', () => {
    const template = { subject: '件名', html: `<p>${'本文'.repeat(5_000)}{{ name }}</p>` };
    const message = compose(template, { name: '山田' });
    const estimate = estimateSizeBytes(parsed(template), { name: '山田' });
    expect(Math.abs(estimate - message.length)).toBeLessThan(500);
  });
});
