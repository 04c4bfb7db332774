import { expect, test } from 'vitest';
import { previewDocument } from './preview-document.ts';

test('the policy stands before anything of the tenant', () => {
  const document = previewDocument('<meta http-equiv="Content-Security-Policy" content="x">', 'n1');
  expect(document.indexOf("default-src 'none'")).toBeLessThan(document.indexOf('content="x"'));
});

test('style sheets get the nonce of the page, scripts do not', () => {
  const document = previewDocument('<STYLE>p{}</STYLE><script>1</script>', 'n1');
  expect(document).toContain('<style nonce="n1">p{}');
  expect(document).toContain('<script>1');
});
