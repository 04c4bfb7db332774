import { expect, test } from 'vitest';
import { postedIntent } from './posted-intent.ts';

test('one click is understood in both encodings of a form', () => {
  expect(postedIntent('List-Unsubscribe=One-Click')).toBe('one-click');
  const multipart =
    '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
  expect(postedIntent(multipart)).toBe('one-click');
});

test('the button of the page is told apart, and anything else does nothing', () => {
  expect(postedIntent('confirm=1')).toBe('button');
  expect(postedIntent('')).toBeNull();
  expect(postedIntent('xconfirm=1')).toBeNull();
});
