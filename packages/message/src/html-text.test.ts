import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToText, textSegmentsOf } from './html-text.ts';

describe('htmlToText', () => {
  test.each([
    ['<p>One\n  two</p><p>Three</p>', 'One two\n\nThree'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>', 'a b\nc'],
    ['<a href="https://a.example/?x=1&amp;y=2">見る</a>', '見る (https://a.example/?x=1&y=2)'],
    ['<a href="https://a.example">https://a.example</a>', 'https://a.example'],
    ['<a href="#top">top</a>', 'top'],
    ['<a href="https://a.example"><img src="x" alt="バナー"></a>', 'バナー (https://a.example)'],
    ['<a href="https://a.example"><img src="x"></a>', 'https://a.example'],
    ['<head><title>t</title><style>p { color: red }</style></head>x', 'x'],
    ['x<script>alert("</p>")</script>y', 'xy'],
    ['a<!-- <p>hidden</p> -->b', 'ab'],
    [
      'a &lt;b&gt; &amp;amp; &#x5C71;&#30000; &nbsp; &unknown; &#0;',
      'a <b> &amp; 山田 &unknown; \ufffd',
    ],
    ['1 < 2 and <b title="a>b">bold</b>', '1 < 2 and bold'],
    ['<p>unclosed <a href="x', 'unclosed'],
  ])('%j is read as %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test.each([
    '<',
    '<p>',
    '<a href="',
    '<!--',
    '&',
    '<a href=x>',
    '</',
    '<p>x ',
    '<a href=" href="',
    '<a href=x>y</a>',
    '<a href=x>y',
  ])('100,000 times %j takes no more than a moment', (piece) => {
    const before = performance.now();
    htmlToText(piece.repeat(100_000));
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  test('whatever comes in, text without markup comes out', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z<>/"'= \n&;!-]{0,80}$/), (html) => {
        const text = htmlToText(html);
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/\n{3}/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('textSegmentsOf', () => {
  test('keeps fields in text and in links, and drops those in other places', () => {
    const field = (name: string) => ({ field: name, fallback: null });
    const segments = [
      '<p style="color:',
      field('colour'),
      '">',
      field('name'),
      ' 様</p><a href="',
      field('url'),
      '">見る</a>',
    ];
    expect(textSegmentsOf(segments)).toEqual([field('name'), ' 様\n\n見る (', field('url'), ')']);
  });

  test('leaves a text with our own marks alone', () => {
    expect(textSegmentsOf(['a\ufdd00\ufdd1'])).toBeNull();
  });
});
