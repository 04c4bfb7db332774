import { readFileSync, writeFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { createBulkComposer } from './bulk-composer.ts';
import type { CampaignMessage } from './campaign-message.ts';
import { estimateBulkSizeBytes } from './preview.ts';
import { parseTemplate, recipientFields, type Template } from './template.ts';
import type { TemplateSource } from './template-errors.ts';

const TOKEN = 'abcDEF_-123';
const LINK = `https://news.example.com/u/${TOKEN}`;
const NOTICE = {
  subject: '【飛脚通信】システム保守のお知らせ',
  html: '<html><body><p>12月1日 2:00–4:00 に保守を行います。</p></body></html>\n',
  text: '12月1日 2:00–4:00 に保守を行います。\n\n配信停止: {{ unsubscribe_url }}\n',
};

function parsed(source: Partial<TemplateSource>): Template {
  const result = parseTemplate({ subject: 'Subject', html: '', text: '', ...source });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.template;
}

function campaign(source: Partial<TemplateSource>): CampaignMessage {
  return {
    template: parsed(source),
    from: { name: '飛脚通信', address: 'news@example.com' },
    messageIdDomain: 'example.com',
    seed: '7c2f0e6a',
    unsubscribeBaseUrl: 'https://news.example.com',
  };
}

function compose(source: Partial<TemplateSource>): string {
  const { content, sizeBytes } = createBulkComposer(campaign(source)).compose({
    unsubscribeToken: TOKEN,
    atMs: Date.UTC(2026, 10, 24, 0, 0, 5),
  });
  expect(sizeBytes).toBe(content.length);
  return Buffer.from(content).toString('latin1');
}

describe('a bulk message', () => {
  test('is written as its golden file says', () => {
    const file = new URL('../tests/goldens/bulk-notice.eml', import.meta.url);
    const message = compose(NOTICE);
    if (process.env.UPDATE_GOLDENS) writeFileSync(file, message, 'latin1');
    expect(message).toBe(readFileSync(file, 'latin1'));
  });

  test('names nobody, and an independent parser reads it', async () => {
    const message = compose(NOTICE);
    expect(message).toContain('\r\nTo: undisclosed-recipients:;\r\n');
    expect(message).not.toMatch(/^X-Hikyaku-Delivery:/im);
    const mail = await simpleParser(Buffer.from(message, 'latin1'));
    expect(mail.subject).toBe(NOTICE.subject);
    expect(mail.messageId).toBe('<bulk.7c2f0e6a@example.com>');
    expect(mail.text).toContain('12月1日');
    const to = Array.isArray(mail.to) ? mail.to : mail.to ? [mail.to] : [];
    expect(to.flatMap(({ value }) => value).filter(({ address }) => address)).toEqual([]);
  });

  test('shows the way out in the header and in both parts, and promises no one click', async () => {
    const message = compose({ html: '<p>x</p>' });
    const mail = await simpleParser(Buffer.from(message, 'latin1'));
    const list = mail.headers.get('list') as { unsubscribe: { url: string } };
    expect(list.unsubscribe.url).toBe(LINK);
    expect(message).not.toMatch(/^List-Unsubscribe-Post:/im);
    expect(mail.text).toContain(LINK);
    expect(mail.html).toContain(`href="${LINK}"`);
  });

  test('is the same bytes whoever composes it, and however often', () => {
    const composer = createBulkComposer(campaign(NOTICE));
    const input = { unsubscribeToken: TOKEN, atMs: Date.UTC(2026, 10, 24, 0, 0, 5) };
    const first = Buffer.from(composer.compose(input).content);
    expect(Buffer.from(composer.compose(input).content).equals(first)).toBe(true);
    expect(first.toString('latin1')).toBe(compose(NOTICE));
  });

  test('needs a token that can stand in a link', () => {
    const composer = createBulkComposer(campaign(NOTICE));
    expect(() => composer.compose({ unsubscribeToken: 'a b\r\nX: y', atMs: 0 })).toThrow(
      expect.objectContaining({ code: 'bad-token' }),
    );
  });

  test('weighs what the estimate says, but for the length of names', () => {
    expect(
      Math.abs(estimateBulkSizeBytes(parsed(NOTICE)) - compose(NOTICE).length),
    ).toBeLessThanOrEqual(400);
  });
});

describe('a template with a recipient field is refused for bulk, wherever the field stands', () => {
  test.each<[string, Partial<TemplateSource>, string[]]>([
    ['the subject', { subject: '{{ name }}様へ', text: 'x' }, ['name']],
    ['the HTML', { html: '<p>{{ rank | default: "会員" }}</p>' }, ['rank']],
    ['the text', { html: '<p>x</p>', text: '{{ point }}' }, ['point']],
    ['a branch', { html: '{% if vip == "1" %}VIP{% endif %}' }, ['vip']],
    ['a loop', { text: '{% for i in (1..n) %}x{% endfor %}' }, ['n']],
    ['a filter', { text: '{{ "様" | prepend: name }}' }, ['name']],
    ['the address', { text: '{{ email }} さま {{ name }}' }, ['email', 'name']],
  ])('%s', (_, source, fields) => {
    expect(recipientFields(parsed(source))).toEqual(fields);
    expect(() => createBulkComposer(campaign(source))).toThrow(
      expect.objectContaining({
        code: 'bulk-fields',
        message: expect.stringContaining(fields.join(', ')),
      }),
    );
  });

  test.each<[string, Partial<TemplateSource>]>([
    ['the unsubscribe link', { text: '{{ unsubscribe_url }}' }],
    ['what it assigns itself', { text: '{% assign n = 3 %}{{ n }}' }],
    ['a loop over numbers', { text: '{% for i in (1..3) %}{{ i }}{% endfor %}' }],
  ])('%s is none', (_, source) => {
    expect(recipientFields(parsed(source))).toEqual([]);
    expect(compose(source)).toContain('To: undisclosed-recipients:;');
  });
});
