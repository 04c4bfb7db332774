import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scopeOf } from './fields.ts';
import { createEngine } from './liquid-engine.ts';
import { renderSegments, segmentsOf } from './segments.ts';

const NAMES = ['name', '会社名', 'ポイント_2', 'a-b', 'お名前（全角）', 'x'];
const engines = { html: createEngine('html', 'UTC'), text: createEngine('text', 'UTC') };

// Quotes, braces and backslashes as literals; never the beginning of a tag or an output.
const literal = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      '\n',
      '<b>',
      '&',
      '"',
      "'",
      '\\',
      '}',
      '}}',
      '%}',
      '山田',
      '😀',
      '{ ',
    ),
  )
  .map((parts) => parts.join(''));
const blank = fc.constantFrom('', ' ', '\n ', '\u3000');
const fallback = fc
  .array(fc.constantFrom('お客様', 'a', ' ', '<', '&', '\\n', '\\\\', '}}', '|', ':'))
  .map((parts) => parts.join(''));
const output = fc
  .record({
    name: fc.constantFrom(...NAMES),
    open: fc.constantFrom('{{', '{{-'),
    close: fc.constantFrom('}}', '-}}'),
    blank,
    quote: fc.constantFrom('"', "'"),
    fallback: fc.option(fallback),
  })
  .map(({ name, open, close, blank, quote, fallback }) => {
    const filter = fallback === null ? '' : `|${blank}default:${blank}${quote}${fallback}${quote}`;
    return `${open}${blank}${name} ${filter} ${close}`;
  });
const template = fc
  .array(fc.oneof(literal, output), { maxLength: 12 })
  .map((parts) => parts.join(''));
const value = fc.oneof(
  fc.constant(undefined),
  fc.constant(''),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('<script>', '{{ x }}', "O'Neil & Sons", 'a\r\nb'),
  fc.integer(),
  fc.boolean(),
);
const fields = fc.dictionary(fc.constantFrom(...NAMES), value);

describe('the fast path', () => {
  test.each(['html', 'text'] as const)(
    'writes in %s the very bytes that LiquidJS writes',
    (kind) => {
      let fast = 0;
      fc.assert(
        fc.property(template, fields, (source, values) => {
          const nodes = engines[kind].parse(source);
          const segments = segmentsOf(nodes);
          const scope = scopeOf(NAMES, values, {});
          if (!segments) throw new Error(`not on the fast path: ${source}`);
          fast++;
          expect(renderSegments(segments, scope, kind === 'html')).toBe(
            engines[kind].renderSync(nodes, scope),
          );
        }),
        { numRuns: 1_000 },
      );
      expect(fast).toBeGreaterThanOrEqual(1_000);
    },
  );

  test.each([
    '{{ a.b }}',
    '{{ a[0] }}',
    '{{ "x" }}',
    '{{ 5 }}',
    '{{ empty }}',
    '{{ true }}',
    '{{ a | upcase }}',
    '{{ a | default: b }}',
    '{{ a | default: 5 }}',
    '{{ a | default: "x", allow_false: true }}',
    '{{ a | default: "x" | upcase }}',
    '{{ a and b }}',
    '{{ (1..3) }}',
    '{% if a %}{% endif %}',
    '{{ a | escape }}',
  ])('leaves %s to LiquidJS', (source) => {
    expect(segmentsOf(engines.html.parse(source))).toBeNull();
  });
});
