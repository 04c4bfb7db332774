import { describe, expect, it } from 'vitest';
import { parseEnhanced } from './enhanced.ts';

describe('parseEnhanced', () => {
  it.each([
    ['5.1.1 User unknown', 550, '5.1.1'],
    ['#5.1.0 Address rejected.', 550, '5.1.0'],
    ['(#5.1.1) no', 550, '5.1.1'],
    ["sorry, that domain isn't in my list (#5.7.1)", 553, '5.7.1'],
    ['550-5.7.26 line one\r\n550 5.7.26 line two', 550, '5.7.26'],
    ['5.7.515 Access denied', 550, '5.7.515'],
    ['first line\r\n550 5.1.1 second line', 550, '5.1.1'],
  ])('%s → %s %s', (text, code, enhanced) => {
    expect(parseEnhanced(text, code)).toBe(enhanced);
  });

  it.each([
    ['a truncated code', '5.1. no', 550],
    ['a class that is not the reply’s', '5.1.1 later', 450],
    ['an IP address', '5.1.1.3 refused', 550],
    ['a version in the text', 'Exim 4.9.6 ready', 450],
    ['a 3yz', '2.0.0 go on', 354],
  ])('%s is none', (_, text, code) => {
    expect(parseEnhanced(text, code)).toBeNull();
  });
});
