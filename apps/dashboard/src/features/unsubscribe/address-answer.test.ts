import { expect, test } from 'vitest';
import { addressAnswer } from './address-answer.ts';

test('the page shows what an entered address was answered with, and nothing for any other query', () => {
  expect(addressAnswer({ asked: '1' })).toEqual({ kind: 'asked' });
  expect(addressAnswer({ invalid: '1' })).toEqual({ kind: 'invalid' });
  expect(addressAnswer({ failed: '1' })).toEqual({ kind: 'failed' });
  expect(addressAnswer({ wait: '12' })).toEqual({ kind: 'wait', seconds: 12 });
  for (const wait of ['', '0', '-1', 'soon', '1e99', '<b>'])
    expect(addressAnswer({ wait })).toEqual({ kind: 'none' });
});
