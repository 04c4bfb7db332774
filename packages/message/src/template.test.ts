import { describe, expect, test } from 'vitest';
import { renderPreview } from './preview.ts';
import { parseTemplate, renderParts, type Template, undefinedFields } from './template.ts';
import type { TemplateError } from './template-errors.ts';

function parsed(html: string, subject = 'Subject', text = ''): Template {
  const result = parseTemplate({ subject, html, text });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.template;
}

function errorOf(html: string): Partial<TemplateError> {
  const result = parseTemplate({ subject: 's', html, text: '' });
  return result.ok ? {} : (result.errors[0] ?? {});
}

const html = (source: string, fields: Record<string, unknown> = {}) =>
  renderParts(parsed(source), fields, {}).html;

describe('parseTemplate', () => {
  test('tells which fields are read, without what it assigns or what every message has', () => {
    const source =
      '{% assign who = name %}{{ who }}{% if 会社名 %}{{ 会社名 }}{% endif %}' +
      '{% for x in (1..2) %}{{ x }}{{ forloop.index }}{% endfor %}{{ email }}{{ unsubscribe_url }}';
    const template = parsed(source, '{{ first_name | default: "x" }}');
    expect([...template.fields].sort()).toEqual(['first_name', 'name', '会社名']);
  });

  test('lists undefined fields; an empty field is defined', () => {
    const template = parsed('{{ name }}{{ 会社名 }}{{ point }}');
    expect(undefinedFields(template, { name: '', point: null })).toEqual(['会社名', 'point']);
  });

  test('reports each broken part with its line', () => {
    const result = parseTemplate({
      subject: '{{ name',
      html: 'one\ntwo {% if x %}',
      text: '\n\n{% nonsense %}',
    });
    expect(result).toMatchObject({
      ok: false,
      errors: [
        { part: 'subject', line: 1, code: 'syntax' },
        { part: 'html', line: 2, code: 'syntax' },
        { part: 'text', line: 3, code: 'tag-not-allowed' },
      ],
    });
  });

  test('refuses an empty subject and an empty body', () => {
    expect(parseTemplate({ subject: ' ', html: '', text: '\n' })).toMatchObject({
      ok: false,
      errors: [{ code: 'empty-subject' }, { code: 'empty-body' }],
    });
  });

  test.each([
    "{% include 'a' %}",
    "{% render '../../etc/passwd' %}",
    "{% layout 'a' %}",
    '{% block a %}{% endblock %}',
    '{% echo name %}',
    '{% cycle name, email %}',
    '{% capture x %}{{ name }}{% endcapture %}',
    '{% liquid echo name %}',
    '{% tablerow x in (1..2) %}{% endtablerow %}',
    '{% constructor %}',
    '{% __proto__ %}',
  ])('refuses the tag in %s', (source) => {
    expect(errorOf(source)).toMatchObject({ part: 'html', code: 'tag-not-allowed' });
  });

  test.each([
    "{{ 'x' | constructor }}",
    '{{ name | __proto__ }}',
    '{{ name | toString }}',
    '{{ name | raw }}',
    '{{ name | json }}',
    '{{ name | where_exp: "x", "x" }}',
  ])('refuses the filter in %s', (source) => {
    expect(errorOf(source)).toMatchObject({ code: 'filter-not-allowed' });
  });

  test.each([
    ['a huge range', '{% for i in (1..4900000) %}{% endfor %}', 'range-too-large'],
    [
      'one in a branch',
      '{% if a %}{% for i in (1..1001) %}{% endfor %}{% endif %}',
      'range-too-large',
    ],
    [
      'three loops in each other',
      `${'{% for i in (1..2) %}'.repeat(3)}${'{% endfor %}'.repeat(3)}`,
      'loops-too-deep',
    ],
    [
      'a million empty rounds',
      '{% for i in (1..999) %}{% for j in (1..999) %}{% endfor %}{% endfor %}',
      'limit-exceeded',
    ],
    ['a date of 50 million digits', "{{ 'now' | date: '%50000000d' }}", 'limit-exceeded'],
    ['2,000 open tags', '{% if a %}'.repeat(1_999), 'syntax'],
    ['too many outputs', '{{ a }}'.repeat(2_001), 'too-many-tags'],
    ['too many characters', 'x'.repeat(500_001), 'too-large'],
  ])('refuses %s quickly', (_what, source, code) => {
    const before = performance.now();
    expect(errorOf(source)).toMatchObject({ code });
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('a loop over what a field says is stopped when it is rendered', () => {
    const template = parsed('{% for i in (1..n) %}{% for j in (1..n) %}{% endfor %}{% endfor %}');
    expect(() => renderParts(template, { n: '4900000' }, {})).toThrow(/limit/);
    expect(() => renderParts(template, { n: '900' }, {})).toThrow(/10000 rounds/);
    expect(renderParts(template, { n: '50' }, {}).html).toBe('');
  });

  test('a loop cannot write more than its share', () => {
    const template = parsed(`{% for i in (1..n) %}${'x'.repeat(10_000)}{% endfor %}`);
    expect(() => renderParts(template, { n: '900' }, {})).toThrow(/characters/);
  });
});

describe('rendering', () => {
  test.each([
    '{{ name.constructor }}',
    '{{ name.__proto__ }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ toString }}',
    '{{ hasOwnProperty.name }}',
    '{{ ["constructor"] }}',
    '{{ name["constructor"]["constructor"] }}',
    '{% assign __proto__ = name %}{{ x }}',
    '{% if constructor %}reached{% endif %}',
  ])('%s yields nothing', (source) => {
    expect(html(source, { name: 'abc' })).toBe('');
    expect({}).not.toHaveProperty('x');
  });

  test('objects, arrays and functions in fields are absent', () => {
    const fields = { a: { b: 'x' }, c: ['x'], d: () => 'x', e: 5, f: false, g: null };
    expect(html('{{ a }}{{ a.b }}{{ c }}{{ c[0] }}{{ d }}{{ e }}{{ f }}{{ g }}', fields)).toBe(
      '5false',
    );
  });

  test('HTML escapes merged values in every construct, subject and text do not', () => {
    const name = `<b>"&'`;
    const escaped = '&lt;b&gt;&quot;&amp;&#39;';
    const result = parseTemplate({ subject: '{{ name }}', html: '{{ name }}', text: '{{ name }}' });
    expect(result.ok && renderParts(result.template, { name }, {})).toEqual({
      subject: name,
      html: escaped,
      text: name,
    });
    for (const source of [
      '{{ name | escape }}',
      '{{ x | default: name }}',
      '{{ name | append: "" }}',
      '{% assign x = name %}{{ x }}',
      '{% for x in (1..1) %}{{ name }}{% endfor %}',
      '{{ name | newline_to_br }}',
      '{{ name | split: "," }}',
      '{{ name | strip | upcase | downcase }}',
    ]) {
      expect(html(source, { name })).toBe(escaped);
    }
  });

  test('newline_to_br makes line breaks of a field and nothing else', () => {
    expect(html('{{ a | newline_to_br }}', { a: '<1>\r\n2' })).toBe('&lt;1&gt;<br>\n2');
    expect(html('{{ a | newline_to_br | append: a }}', { a: '<' })).toBe('&amp;lt;&lt;');
  });

  test('no control character reaches a body, also not through a filter', () => {
    expect(html('{{ a }}', { a: 'x\u0000\u001b\u0085y\r\nz\ud800' })).toBe('x   y\nz\ufffd');
    expect(html('{{ "%00%0d" | url_decode }}')).toBe(' \n');
  });

  test('every line separator in a subject becomes a space', () => {
    const template = parsed('x', '{{ a }}!');
    const { subject } = renderParts(template, { a: 'x\r\nBcc: y\u2028\u2029\u0000\u0085z' }, {});
    expect(subject).toBe('x Bcc: y    z!');
  });

  test('a column cannot replace the address or the way out', () => {
    const fields = { email: 'evil@in.test', unsubscribe_url: 'https://evil.test' };
    const own = { email: 'a@b.jp', unsubscribe_url: 'https://b.jp/u/x' };
    const { html } = renderParts(parsed('{{ email }} {{ unsubscribe_url }}'), fields, own);
    expect(html).toBe('a@b.jp https://b.jp/u/x');
  });

  test('dates are those of the time zone', () => {
    const source = { subject: 's', html: '{{ "2026-11-23T15:30:00Z" | date: "%m/%d" }}', text: '' };
    const result = parseTemplate(source, { timeZone: 'Asia/Tokyo' });
    expect(result.ok && renderParts(result.template, {}, {}).html).toBe('11/24');
  });
});

describe('renderPreview', () => {
  test('shows what is sent: footer, derived text, undefined fields', () => {
    const template = parsed('<body><p>{{ name | default: "お客様" }}</p></body>', '{{ name }}へ');
    const preview = renderPreview(template, {}, { unsubscribeUrl: 'https://h.example/u/t' });
    expect(preview.subject).toBe('へ');
    expect(preview.undefined).toEqual(['name']);
    expect(preview.html).toMatch(
      /<p>お客様<\/p>\n<p .*<a href="https:\/\/h\.example\/u\/t".*<\/body>$/s,
    );
    expect(preview.text).toBe('お客様\n\n----\n配信停止 / Unsubscribe: https://h.example/u/t\n');
  });

  test('a link in a branch that this person does not get does not count', () => {
    const source = '{% if vip %}<a href="{{ unsubscribe_url }}">out</a>{% endif %}';
    const own = { unsubscribeUrl: 'https://h.example/u/t' };
    const count = (fields: Record<string, unknown>) =>
      renderPreview(parsed(source), fields, own).html?.split(own.unsubscribeUrl).length;
    expect(count({})).toBe(2);
    expect(count({ vip: '1' })).toBe(2);
  });
});
